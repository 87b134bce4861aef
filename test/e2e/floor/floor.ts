/** A sales floor on the last day of the financial year: three tele-callers, a manager, an administrator, Slack beside the console. */
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import type { Caller } from '../../../src/core/bus.ts';
import { TimerModel } from '../../../src/core/timers.ts';
import { appointmentViews } from '../../../src/domain/appointments/contract.ts';
import { ConversationModel } from '../../../src/domain/conversations/model/conversation.ts';
import { recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { leadViews } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { runReport } from '../../../src/domain/reports/contract.ts';
import { confirmLink, pendingLinks, startLink } from '../../../src/domain/staff/contract.ts';
import { asSystem } from '../../support/app.ts';
import { consoleWorld, password } from '../console/console.ts';

export type Person = Caller & { id: string };
export type Floor = Awaited<ReturnType<typeof openFloor>>;

/** Five sources in turn; the first three are online. */
export const sources = [
  { source: 'Website', medium: 'form' },
  { source: 'Google', medium: 'form' },
  { source: 'WhatsApp', medium: 'whatsapp' },
  { source: 'Referral', medium: 'referral' },
  { source: 'Newspaper', medium: 'newspaper' },
];
export const phoneOf = (n: number): string => `98450${String(10_000 + n)}`;

/** Tuesday 31 March 2026, 9 in the morning in Kolkata. */
export async function openFloor(now = '2026-03-31T09:00:00+05:30', zone = 'Asia/Kolkata') {
  let at = (): Date => new Date(now);
  const emulator: Emulator = await startEmulator({ clock: { now: () => at() } });
  const { botToken, signingSecret } = emulator.accounts.slack;
  const settings = {
    apiUrl: `${emulator.url}/api/`,
    botToken,
    signingSecrets: [signingSecret],
    appToken: '',
  };
  const world = await consoleWorld(now, {
    change: (config) => {
      config.app.organisation.timezone = zone;
      config.accounts.push({ id: 'main', channel: 'slack', missing: [], settings });
    },
  });
  const { app } = world;
  at = () => app.clock.now();
  emulator.setTarget({ baseUrl: world.base });
  const anil: Person = await app.user('Anil', 'administrator', { password });
  const meera: Person = await app.user('Meera', 'manager', { password });
  const team = { managerId: meera.id, password };
  const callers: Person[] = [];
  for (const name of ['Asha', 'Ravi', 'Kiran']) callers.push(await app.user(name, 'tele-caller', team));
  const slackOf = new Map<string, string>();

  return {
    ...world,
    app,
    emulator,
    anil,
    meera,
    callers,
    /** Lets the time pass, stopping at each timer on the way. */
    async until(moment: string): Promise<void> {
      const end = new Date(moment);
      for (;;) {
        const next = await TimerModel.findOne({ dueAt: { $lte: end } })
          .sort({ dueAt: 1 })
          .lean();
        if (!next) break;
        if (next.dueAt > app.clock.now()) app.clock.set(next.dueAt);
        await app.idle();
      }
      app.clock.set(end);
      await app.idle();
    },
    /** The nth enquiry, from a client who has a conversation on WhatsApp. */
    async enquire(n: number, more: object = {}) {
      const { source, medium } = sources[n % sources.length]!;
      const phone = `+91${phoneOf(n)}`;
      const conversationId = `talk-${n}-${app.clock.now().getTime()}`;
      const moment = app.clock.now();
      await ConversationModel.create([
        {
          _id: conversationId,
          channel: 'whatsapp',
          account: 'main',
          thread: `${phone.slice(1)}-${conversationId}`,
          identities: [{ scheme: 'phone', value: phone }],
          lastMessageAt: moment,
          startedAt: moment,
        },
      ]);
      const said = {
        conversationId,
        name: `Client ${n}`,
        phone,
        source,
        medium,
        product: 'RSoft CRM',
        ...more,
      };
      const answer = await app.bus.command(recordEnquiry, said as never, asSystem);
      await app.idle();
      return answer as { leadId: string; verdict: string };
    },
    async link(who: Person, slack: string): Promise<void> {
      const { code } = await app.bus.command(startLink, {}, who);
      await emulator.slack.slash(slack, `link ${code}`);
      await app.idle();
      const { items } = await app.bus.query(pendingLinks, {}, who);
      await app.bus.command(confirmLink, { id: items[0]!.id }, who);
      slackOf.set(who.id, slack);
    },
    async slack(who: Person, text: string): Promise<void> {
      await emulator.slack.slash(slackOf.get(who.id)!, text);
      await app.idle();
    },
    seen: (who: Person): string[] => emulator.slack.seen(slackOf.get(who.id)!).map(({ text }) => text),
    /** What somebody was told by a rule, or by all; oldest first. */
    async told(who: Person, rule?: string): Promise<string[]> {
      const all: { rule: string; text: string }[] = [];
      let cursor: string | undefined;
      do {
        const page = await app.bus.query(listNotifications, { limit: 100, ...(cursor && { cursor }) }, who);
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return all
        .filter((item) => !rule || item.rule === rule)
        .map(({ text }) => text)
        .reverse();
    },
    /** What went out to this client. */
    heard: (n: number): string[] =>
      app.sent
        .filter(({ to }) => to.startsWith(`91${phoneOf(n)}-`))
        .map(({ content }) => ('text' in content ? content.text : '')),
    leadCounts: async (who: Person) => counts((await app.bus.query(leadViews, {}, who)).items),
    demoCounts: async (who: Person) => counts((await app.bus.query(appointmentViews, {}, who)).items),
    report: async (key: string) => (await app.bus.query(runReport, { key }, meera)).sheet,
    async close(): Promise<void> {
      await world.close();
      await emulator.close();
    },
  };
}

const counts = (items: { label: string; count: number }[]) =>
  Object.fromEntries(items.map(({ label, count }) => [label, count]));
