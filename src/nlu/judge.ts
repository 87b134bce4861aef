import { junkMarks } from './junk.ts';
import { type PackedHead, probabilities } from './model.ts';
import type { Wishes } from './rules.ts';
import {
  type Entities,
  type Expecting,
  type Intent,
  JUNK_LABELS,
  type JunkLabel,
  type Scored,
  type Understanding,
} from './types.ts';

type Circumstances = { wishes: Wishes; intents: Scored<Intent>[]; entities: Entities; expecting?: Expecting };

/** Acts that are let through whatever the words look like. */
const PROTECTED = new Set<Intent>([
  'opt_out',
  'talk_to_human',
  'raise_complaint',
  'ticket_status',
  'order_status',
  'payment_query',
  'cancel_appointment',
  'reschedule_appointment',
]);

/** Model and rules together; opt-outs, a person wanted and complaints are never junk. */
export function judgeJunk(
  text: string,
  head: PackedHead | undefined,
  at: Circumstances,
): Understanding['junk'] {
  const { push, reasons } = junkMarks(text);
  const p = head
    ? probabilities(head, text)
    : Float32Array.from(JUNK_LABELS, (label) => (label === 'ok' ? 0.5 : 0.1));
  const z = JUNK_LABELS.map((label, k) => Math.log(Math.max(p[k]!, 1e-4)) + (push[label] ?? 0));
  const [best] = at.intents;
  if (best && PROTECTED.has(best.label) && best.score > 0.6 && !push.abuse && !push.spam) z[0]! += 2;
  if (at.expecting && at.expecting !== 'free' && Object.keys(at.entities).length > 0) z[0]! += 3;
  const top = Math.max(...z);
  const sum = z.reduce((s, v) => s + Math.exp(v - top), 0);
  let k = z.indexOf(top);
  let score = 1 / sum;
  if (k !== 0 && (at.wishes.optOut || at.wishes.wantsHuman)) {
    k = 0;
    score = 0.9;
    reasons.length = 0;
    reasons.push(at.wishes.optOut ? 'asks to be left alone' : 'asks for a person');
  }
  const label: JunkLabel = JUNK_LABELS[k]!;
  if (label !== 'ok' && reasons.length === 0) reasons.push(`reads like ${label.replace('_', ' ')}`);
  return {
    label,
    score,
    reasons:
      label === 'ok' && !push.ok
        ? reasons.filter((r) => r.startsWith('asks') || r.startsWith('rude'))
        : reasons,
  };
}
