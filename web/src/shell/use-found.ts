/** What answers to a few letters, as far as one may see it: screens at once, records from the server. */
import { useAsk } from '../api/use-ask.ts';
import { tabs } from '../pages/settings/settings-tabs.tsx';
import { useSession } from '../session/session.tsx';
import { channelLabel } from '../shared/channel-icon.tsx';
import { grouped } from '../shared/phone.ts';
import { talkName } from '../shared/talk-name.ts';
import { places } from './nav.ts';

export type Found = { to: string; label: string; about?: string };
type Group = { title: string; items: Found[] };

const limit = 6;
const pages = [
  ...places,
  ...tabs.map(({ to, label, needs }) => ({ to: `/settings/${to}`, label: `${label} · Settings`, needs })),
  { to: '/reminders', label: 'Reminders', needs: 'reminder.list' as const },
  { to: '/imports', label: 'Import leads', needs: 'import.start' as const },
];

export function useFound(words: string): { groups: Group[]; busy: boolean } {
  const { may } = useSession();
  const asked = words.length > 1;
  const ifMay = (name: Parameters<typeof may>[0]) => ({ enabled: asked && may(name), keep: asked });
  const leads = useAsk('lead.list', { search: words, limit }, ifMay('lead.list'));
  const tickets = useAsk('ticket.list', { search: words, limit }, ifMay('ticket.list'));
  const tasks = useAsk('task.list', { search: words, limit }, ifMay('task.list'));
  const talks = useAsk('conversation.list', { search: words, limit }, ifMay('conversation.list'));

  const named = words.toLowerCase();
  const screens = pages
    .filter(({ label, needs }) => (!needs || may(needs)) && label.toLowerCase().includes(named))
    .map(({ to, label }) => ({ to, label }));
  const records: Group[] = asked
    ? [
        {
          title: 'Leads',
          items: (leads.data?.items ?? []).map(({ id, name, number, phone, email, stageLabel }) => ({
            to: `/leads/${id}`,
            label: `${name} #${number}`,
            about: [phone ? grouped(phone) : email, stageLabel].filter(Boolean).join(' · '),
          })),
        },
        {
          title: 'Tickets',
          items: (tickets.data?.items ?? []).map(({ id, number, subject, name }) => ({
            to: `/tickets/${id}`,
            label: `${number} ${subject}`,
            ...(name && { about: name }),
          })),
        },
        {
          title: 'Tasks',
          items: (tasks.data?.items ?? []).map(({ id, number, title, assignee }) => ({
            to: `/tasks/${id}`,
            label: `${number} ${title}`,
            about: assignee.name,
          })),
        },
        {
          title: 'Conversations',
          items: (talks.data?.items ?? []).map((talk) => ({
            to: `/inbox/${talk.id}`,
            label: talkName(talk),
            about: `${channelLabel(talk.channel)} · ${talk.preview}`,
          })),
        },
      ]
    : [];
  const groups = [...records, { title: 'Pages', items: words ? screens.slice(0, limit) : screens }];
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    busy: [leads, tickets, tasks, talks].some(({ isFetching }) => isFetching),
  };
}
