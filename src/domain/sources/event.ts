/** A lead that was read → the event that begins the flow of lead forms, as Facebook's do. Pure. */
import { type Config, customerAccount } from '../../core/config.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import type { BulkRow } from '../enquiries/contract.ts';
import type { SourceDocument } from './model.ts';

/** Where people are written to: `channel:account`; absent: not there. */
export type Answerers = { whatsapp?: string; email?: string };
/** The first account of each that may write first. */
export function answerersOf(config: Config): Answerers {
  // A linked phone answers only: who writes first from one is banned.
  const first = (channel: string) =>
    customerAccount(
      config,
      channel,
      ({ settings: { driver } }) => driver === undefined || driver === 'cloud',
    );
  const [whatsapp, email] = [first('whatsapp'), first('email')];
  return {
    ...(whatsapp && { whatsapp: `whatsapp:${whatsapp.id}` }),
    ...(email && { email: `email:${email.id}` }),
  };
}

/** Leads that nobody can be written to stand under this channel. */
export const leadChannel = 'leads';

export function leadEvent(
  row: BulkRow,
  key: string,
  {
    source,
    answerers,
    at,
  }: { source: Pick<SourceDocument, '_id' | 'answers'>; answerers: Answerers; at: Date },
): InboundEvent {
  const { n: _n, assigneeId: _assignee, ...vars } = row;
  const { phone, email, name, campaign } = vars;
  const on = source.answers ? ((phone && answerers.whatsapp) ?? (email && answerers.email)) : undefined;
  const [channel = leadChannel, account = source._id] = on ? on.split(':') : [];
  const thread =
    channel === leadChannel ? key : channel === 'email' ? email!.toLowerCase() : phone!.replace(/^\+/, '');
  return {
    id: `lead:${key}`,
    channel,
    account,
    audience: 'customer',
    thread,
    from: [
      ...(phone ? [{ scheme: 'phone' as const, value: phone }] : []),
      ...(email ? [{ scheme: 'email' as const, value: email.toLowerCase() }] : []),
    ],
    ...(name && { name }),
    at,
    body: {
      kind: 'signal',
      name: 'flow',
      data: { flow: 'lead-form', lead: vars, vars: { ...vars, ...(!on && { unreachable: true }) } },
    },
    meta: { source: row.source, medium: row.medium, ...(campaign && { campaign }) },
  };
}

/** As the inbox names it: by this the record that it becomes is found again. */
export const entryOf = ({ channel, account, id }: InboundEvent): string => `${channel}:${account}:${id}`;
