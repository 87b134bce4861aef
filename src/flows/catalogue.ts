/** What flows may run: the commands and queries of the contracts, by name. */
import * as activities from '../domain/activities/contract.ts';
import * as appointments from '../domain/appointments/contract.ts';
import * as contacts from '../domain/contacts/contract.ts';
import * as conversations from '../domain/conversations/contract.ts';
import * as enquiries from '../domain/enquiries/contract.ts';
import * as feedback from '../domain/feedback/contract.ts';
import * as knowledge from '../domain/knowledge/contract.ts';
import * as leads from '../domain/leads/contract.ts';
import * as tickets from '../domain/tickets/contract.ts';

export const flowCommands: ReadonlySet<string> = new Set(
  [activities, appointments, contacts, conversations, enquiries, feedback, knowledge, leads, tickets].flatMap(
    (contract) => Object.values(contract).flatMap((exported) => nameOf(exported) ?? []),
  ),
);

function nameOf(exported: unknown): string | undefined {
  const { kind, name } = (exported ?? {}) as { kind?: unknown; name?: unknown };
  return (kind === 'command' || kind === 'query') && typeof name === 'string' ? name : undefined;
}
