import { show } from '../../src/bson/ejson.ts';
import { intValue, type Value } from '../../src/bson/values.ts';
import type { Case, Outcome } from './case.ts';

/** What a case expects, in a form that shows types (an int 1 and a double 1 differ). */
export function wanted({ expect: e }: Case): Record<string, unknown> {
  if (e.has('error')) return { error: intValue(e.get('error')) };
  if (e.has('ids')) return { ids: typed(e.get('ids')) };
  if (e.has('missing')) return { docs: [typed(new Map())] };
  if (e.has('value')) return { docs: [typed(new Map([['v', e.get('value')!]]))] };
  const docs = (e.get('docs') as Value[]).map(typed);
  return e.has('modified') ? { docs, modified: intValue(e.get('modified')) } : { docs };
}

/** What came out, in the same form. */
export function seen({ expect: e }: Case, outcome: Outcome): Record<string, unknown> {
  if (outcome.error !== undefined) return { error: outcome.error };
  if (e.has('ids')) return { ids: typed(outcome.docs!.map((d) => d.get('_id')!)) };
  const docs = outcome.docs!.map(typed);
  return e.has('modified') ? { docs, modified: outcome.modified } : { docs };
}

function typed(v: Value | undefined): string {
  if (typeof v === 'bigint') return `long ${v}`;
  if (Array.isArray(v)) return `[${v.map(typed).join(', ')}]`;
  if (v instanceof Map) return `{${[...v].map(([k, item]) => `${k}: ${typed(item)}`).join(', ')}}`;
  if (typeof v === 'number') return Object.is(v, -0) ? 'double -0' : `double ${v}`;
  return v !== null && typeof v === 'object' ? `${v.constructor.name} ${show(v)}` : show(v);
}
