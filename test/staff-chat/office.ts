/** An office at work: the app, the played Slack, two tele-callers and their manager. */
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import type { Caller } from '../../src/core/bus.ts';
import { createLead, getLead, type LeadView } from '../../src/domain/leads/contract.ts';
import { confirmLink, pendingLinks, startLink } from '../../src/domain/staff/contract.ts';
import { type TestApp, testApp } from '../support/app.ts';

export const asha = 'U0CALLER';
export const ravi = 'U0SECOND';
export const meera = 'U0MANAGER';
type Colleague = Caller & { id: string };

export type Office = Awaited<ReturnType<typeof openOffice>>;

/** A Wednesday, 10:30 in Kolkata, on one clock for both sides. Nobody is linked yet. */
export async function openOffice() {
  let app: TestApp | undefined;
  const emulator: Emulator = await startEmulator({
    clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
  });
  const { botToken, signingSecret } = emulator.accounts.slack;
  const settings = {
    apiUrl: `${emulator.url}/api/`,
    botToken,
    signingSecrets: [signingSecret],
    appToken: '',
  };
  const running = await testApp({
    change: (config) => void config.accounts.push({ id: 'main', channel: 'slack', missing: [], settings }),
  });
  app = running;
  emulator.setTarget({ baseUrl: (await running.start())! });
  const manager: Colleague = await running.user('Meera', 'manager');
  const caller: Colleague = await running.user('Asha', 'tele-caller', { managerId: manager.id });
  const second: Colleague = await running.user('Ravi', 'tele-caller', { managerId: manager.id });
  let count = 0;

  /** What Slack shows this person now that was not there before `act`. */
  async function shown(user: string, act: () => Promise<unknown>): Promise<string> {
    const before = new Map(emulator.slack.seen(user).map(({ ts, text }) => [ts, text]));
    await act();
    await running.idle();
    const fresh = emulator.slack.seen(user).filter(({ ts, text }) => before.get(ts) !== text);
    return fresh.map(({ text }) => text).join('\n---\n');
  }
  const crm = (text: string, user = asha) => shown(user, () => emulator.slack.slash(user, text));

  return {
    app: running,
    emulator,
    manager,
    caller,
    second,
    shown,
    crm,
    press: (label: string, user = asha) => shown(user, () => emulator.slack.press(user, label)),
    submit: (values: Record<string, string>, user = asha) =>
      shown(user, () => emulator.slack.submit(user, values)),
    async link(user: string, who: Caller): Promise<void> {
      const { code } = await running.bus.command(startLink, {}, who);
      await crm(`link ${code}`, user);
      const { items } = await running.bus.query(pendingLinks, {}, who);
      await running.bus.command(confirmLink, { id: items[0]!.id }, who);
    },
    async lead(of: Caller = caller): Promise<LeadView> {
      count++;
      const input = {
        name: `Customer ${count}`,
        phone: `98450 ${String(12340 + count)}`,
        product: 'RSoft CRM',
      };
      const made = await running.bus.command(createLead, input, of);
      await running.idle();
      return made.lead!;
    },
    read: (leadId: string, who: Caller = caller) => running.bus.query(getLead, { leadId }, who),
    async close() {
      await running.dispose();
      await emulator.close();
    },
  };
}
