/** For every command and query: how somebody would try to reach a record that is not theirs. */
import { z } from 'zod';
import type { Handler } from '../../src/core/define.ts';

export type Ids = Record<string, string>;
export type Attempt = { input: Record<string, unknown>; ids: string[] };

/** Which of the victim's records a field of this name means; `id` and `key` are told by the operation. */
const named: Record<string, string> = {
  'user.update.id': 'userId',
  'user.passwordLink.id': 'userId',
  'user.access.recordId': 'leadId',
  'user.impersonate.id': 'userId',
  'deadletter.replay.id': 'deadId',
  'notification.markRead.id': 'notificationId',
  'link.confirm.id': 'linkId',
  'contact.merge.keep': 'contactId',
  'contact.merge.merge': 'contactId',
  'contact.compare.keep': 'contactId',
  'contact.compare.merge': 'contactId',
  'lead.merge.keep': 'leadId',
  'lead.merge.merge': 'leadId',
  'report.save.key': 'reportId',
  'report.delete.key': 'reportId',
  'report.run.key': 'reportId',
  'report.freeze.key': 'reportId',
};

/** Values that a schema alone does not tell. */
const samples: Record<string, unknown> = {
  at: '2026-03-12T05:30:00Z',
  startsAt: '2026-03-12T05:30:00Z',
  'calendar.range.to': '2026-03-20T05:30:00Z',
  'reminder.times.to': '2026-03-20T05:30:00Z',
  'lead.move.stage': 'follow-up',
  'lead.restore.from': 'follow-up',
  'call.log.outcome': 'answered',
  'call.logSaid.outcome': 'answered',
  'notification.subscribe.endpoint': 'https://push.example.com/browser',
  'notification.subscribe.keys': {
    p256dh: Buffer.alloc(65, 4).toString('base64url'),
    auth: Buffer.alloc(16, 4).toString('base64url'),
  },
  'lead.byNumber.number': 1,
  'lead.silent.before': '2027-01-01T00:00:00Z',
  'user.create.role': 'tele-caller',
  'user.create.password': 'long enough, surely',
  'user.setPassword.password': 'long enough, surely',
  'notification.updateRule.key': 'lead-new',
  'notification.revertRule.key': 'lead-new',
  'notification.preview.key': 'lead-new',
  'report.schedule.key': 'daily-leads',
  'goal.set.measure': 'lead.created',
  'report.ask.question': 'leads by source this month',
  'report.show.about': 'Daily Leads',
};

/** What no schema asks for by itself but a rule across fields does. */
const beside: Record<string, object> = {
  'lead.create': { phone: '98450 55555' },
  'contact.split': { withLeads: ['none'] },
  'ticket.open': { phone: '98450 55556' },
  'conversation.reply': { text: 'Hello' },
};

const spec = (list: boolean) => ({
  measures: ['lead.created'],
  by: list ? [] : ['source'],
  period: { from: '2026-01-01', to: '2026-12-31' },
  list,
});
/** Beside what the schema asks for: the ways round. */
const more: Record<string, (ids: Ids) => Record<string, unknown>[]> = {
  'report.run': (ids) => [
    { spec: spec(true) },
    { spec: spec(false) },
    { spec: { ...spec(false), by: ['product', 'city'] } },
    { spec: { ...spec(true), filters: { caller: [ids.userId!] } } },
    ...['call.made', 'demo.booked'].map((measure) => ({ spec: { ...spec(true), measures: [measure] } })),
  ],
  'report.freeze': () => [{ spec: spec(true) }],
  'report.save': () => [{ title: 'Mine', spec: spec(true) }],
  'dashboard.save': () => [{ tiles: [{ title: 'All', spec: spec(false) }] }],
  'report.ask': () =>
    ['how many leads this month by product', 'list leads this month', 'calls this month by tele-caller'].map(
      (question) => ({ question }),
    ),
  'contact.update': (ids) => [{ contactId: ids.contactId!, phone: '98450 99999', lenient: true }],
};

/** Everything that this operation can be asked about the victim's records: by id, as a filter, as words to search. */
export function attemptsOn({ operation }: Handler, ids: Ids, secrets: string[]): Attempt[] {
  const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as Schema;
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {});
  const idOf = (field: string): string | undefined => ids[named[`${operation.name}.${field}`] ?? field];
  const value = (field: string, given: Schema): unknown =>
    idOf(field) ?? samples[`${operation.name}.${field}`] ?? samples[field] ?? sampleOf(given, schema);
  const base = Object.fromEntries(
    fields.filter(([name]) => required.has(name)).map(([name, given]) => [name, value(name, given)]),
  );
  Object.assign(base, beside[operation.name]);
  const inputs = [
    base,
    // Whatever may be named beside: whose it is, of whom, of what.
    ...fields
      .filter(([name]) => !required.has(name) && idOf(name))
      .map(([name]) => ({ ...base, [name]: idOf(name) })),
    ...(schema.properties?.search ? secrets.map((search) => ({ ...base, search })) : []),
    ...(schema.properties?.limit ? [{ ...base, limit: schema.properties.limit.maximum ?? 100 }] : []),
    ...(more[operation.name]?.(ids) ?? []),
  ];
  return inputs.map((input) => ({
    input,
    ids: Object.values(ids).filter((id) => JSON.stringify(input).includes(id)),
  }));
}

type Schema = {
  type?: string | string[];
  required?: string[];
  properties?: Record<string, Schema>;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  format?: string;
  minItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  $ref?: string;
  $defs?: Record<string, Schema>;
};

function sampleOf(given: Schema, root: Schema): unknown {
  if (given.const !== undefined) return given.const;
  if (given.enum) return given.enum[0];
  if (given.$ref) return sampleOf(root.$defs?.[given.$ref.split('/').at(-1)!] ?? {}, root);
  if (given.anyOf) return sampleOf(given.anyOf[0]!, root);
  const type = Array.isArray(given.type) ? given.type[0] : given.type;
  if (type === 'integer' || type === 'number') return given.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'array') return given.minItems ? [sampleOf(given.items ?? {}, root)] : [];
  if (type === 'object')
    return Object.fromEntries(
      (given.required ?? []).map((name) => [name, sampleOf(given.properties?.[name] ?? {}, root)]),
    );
  return (
    { 'date-time': '2026-03-12T05:30:00Z', date: '2026-03-12', email: 'new@example.com' }[
      given.format ?? ''
    ] ?? 'something'
  );
}
