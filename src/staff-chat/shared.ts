/**
 * Links to records that a colleague shares, and what each leads to. Read with the rights of who shares it. Others read
 * along: in a channel they are told which record it is, how it stands and with whom, and nothing of the customer.
 */
import { isAppError } from '../core/errors.ts';
import type { Card, Content } from '../core/messaging.ts';
import { getLead, type LeadView } from '../domain/leads/contract.ts';
import { getTask } from '../domain/tasks/contract.ts';
import { getTicket } from '../domain/tickets/contract.ts';
import type { Conversation } from './conversation.ts';
import { present } from './perform.ts';

type Record = { number: string | number; assigneeName?: string; assignee?: { name: string } };
type Kind = { query: { name: string }; id: string; label: string; status(record: any): string };

/** By the console's address. */
const kinds: { [path: string]: Kind } = {
  leads: { query: getLead, id: 'leadId', label: 'Lead #', status: (lead: LeadView) => lead.stageLabel },
  tickets: { query: getTicket, id: 'ticketId', label: 'Ticket ', status: ({ statusLabel }) => statusLabel },
  tasks: { query: getTask, id: 'taskId', label: 'Task ', status: ({ statusLabel }) => statusLabel },
};

/** @returns nothing where no link leads to a record that its sharer may see. */
export async function shared(chat: Conversation, urls: unknown[]): Promise<Content[]> {
  const cards: Card[] = [];
  for (const url of urls) {
    const card = typeof url === 'string' ? await cardOf(chat, url) : undefined;
    if (card) cards.push({ ...card, key: url as string });
  }
  return cards.length ? [{ kind: 'cards', text: '', cards }] : [];
}

async function cardOf(chat: Conversation, url: string): Promise<Card | undefined> {
  const [, path, recordId] = (URL.canParse(url) && /^\/(\w+)\/(\w+)$/.exec(new URL(url).pathname)) || [];
  const kind = path && Object.hasOwn(kinds, path) ? kinds[path] : undefined;
  if (!kind) return undefined;
  const input = { [kind.id]: recordId };
  try {
    if (chat.event.meta?.isPrivate === true) {
      const { cards } = await present(chat, chat.catalogue.handler(kind.query.name), input);
      // What is pressed belongs under a message of ours.
      return cards?.[0] && { ...cards[0], buttons: [] };
    }
    const record = (await chat.ctx.perform(kind.query.name, input)) as Record;
    return {
      title: `${kind.label}${record.number}`,
      fields: [
        { label: 'Status', value: kind.status(record) },
        { label: 'With', value: record.assigneeName ?? record.assignee?.name ?? 'nobody yet' },
      ],
      link: `/${path}/${recordId}`,
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return undefined;
  }
}
