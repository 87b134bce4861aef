/**
 * A believable company for trying out: three weeks of enquiries over several channels, worked by a small team. Everything
 * goes the way it goes in production, on a clock that runs through those weeks.
 */
import { type App, createApp } from '../app.ts';
import { type Actor, systemActor } from '../core/actor.ts';
import type { Caller } from '../core/bus.ts';
import { type FakeClock, fakeClock, systemClock } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import { silentLogger } from '../core/logger.ts';
import { openStore } from '../core/store.ts';
import { logCall } from '../domain/activities/contract.ts';
import {
  completeAppointment,
  confirmAppointment,
  listAppointments,
} from '../domain/appointments/contract.ts';
import { listLeads, moveLead } from '../domain/leads/contract.ts';
import { actorOf } from '../domain/staff/actors.ts';
import { claimLink, confirmLink, createUser, pendingLinks, startLink } from '../domain/staff/contract.ts';
import { UserModel } from '../domain/staff/model.ts';
import { colleagues, demoPassword, enquirers, talkOf } from './demo-data.ts';
import { askAround, writeKnowledge } from './demo-knowledge.ts';
import { planAhead } from './demo-plans.ts';
import { say } from './demo-said.ts';

const day = 86_400_000;
const days = 21;

/** Fills an empty store; does nothing where there are users already. @returns whether it did. */
export async function fillDemo(config: Config, progress: (line: string) => void): Promise<boolean> {
  if (await hasUsers(config)) return false;
  const today = systemClock.now().getTime();
  const clock = fakeClock(new Date(today - days * day));
  const sender = () => ({
    capabilities: { text: 4096, media: true, ambiguity: 'resend' as const },
    send: async () => ({ ok: true as const, providerId: 'demo' }),
  });
  const quiet = { ...config, accounts: [], env: { ...config.env, PARLEY_ROLE: 'worker' as const } };
  const app = await createApp({ config: quiet, clock, log: silentLogger, sender });
  await app.start();
  progress('Filling a company: three weeks of enquiries…');
  await hire(app);
  await writeKnowledge(app, (await people('manager'))[0]!);
  for (let n = 0; n < days; n++) {
    clock.set(new Date(today - (days - n) * day));
    await workDay(app, clock, n);
    if (n % 7 === 6) progress(`  week ${(n + 1) / 7} of ${days / 7}`);
  }
  await askAround(app, clock);
  clock.set(new Date(today));
  await app.idle();
  const [manager] = await people('manager');
  await planAhead(app, clock, manager!, await people('tele-caller'));
  await app.stop();
  progress(
    `Sign in with ${colleagues.map(({ email, role }) => `${email} (${role})`).join(', ')}; the password of all is: ${demoPassword}`,
  );
  return true;
}

async function hasUsers(config: Config): Promise<boolean> {
  const store = await openStore(config, silentLogger);
  const found = await UserModel.exists({});
  await store.close();
  return Boolean(found);
}

async function people(role: string): Promise<(Caller & { id: string })[]> {
  const users = await UserModel.find({ role }).sort({ _id: 1 }).lean();
  return Promise.all(
    users.map(async ({ _id }) => ({
      id: _id,
      actor: (await actorOf(_id)) as Actor,
      surface: 'api' as const,
    })),
  );
}

async function hire(app: App): Promise<void> {
  let managerId: string | undefined;
  for (const { name, email, role, slack } of colleagues) {
    const input = {
      name,
      email,
      role,
      password: demoPassword,
      ...(role === 'tele-caller' && managerId && { managerId }),
    };
    const { user } = await app.bus.command(createUser, input, { actor: systemActor('demo'), surface: 'cli' });
    if (role === 'manager') managerId = user.id;
    if (slack) await linkSlack(app, user.id, slack);
  }
}

/** As in life: a code from the console, said in Slack, confirmed in the console. */
async function linkSlack(app: App, userId: string, thread: string): Promise<void> {
  const caller: Caller = { actor: (await actorOf(userId)) as Actor, surface: 'console' };
  const { code } = await app.bus.command(startLink, {}, caller);
  await app.bus.command(
    claimLink,
    { code, channel: 'slack', account: 'main', thread },
    { actor: systemActor('demo'), surface: 'cli' },
  );
  const { items } = await app.bus.query(pendingLinks, {}, caller);
  await app.bus.command(confirmLink, { id: items[0]!.id }, caller);
}

/** The morning's enquiries, then the team works what there is. */
async function workDay(app: App, clock: FakeClock, n: number): Promise<void> {
  for (const [index, enquirer] of enquirers.entries()) {
    if (index % days !== n) continue;
    for (const text of talkOf(enquirer, index)) {
      clock.advance(20_000);
      await say(app, clock, enquirer, text, `demo-${index}`);
    }
    clock.advance(1_800_000);
    await app.idle();
  }
  for (const caller of await people('tele-caller')) await workLeads(app, clock, caller);
}

/** What a caller does with each lead, by its number: so that every stage and outcome is there to be seen. */
async function workLeads(app: App, clock: FakeClock, caller: Caller): Promise<void> {
  const { items } = await app.bus.query(listLeads, { view: 'all', limit: 100 }, caller);
  for (const lead of items) {
    clock.advance(60_000);
    const act = (work: Promise<unknown>) => work.catch(() => undefined); // An outcome that does not fit a lead is simply not done.
    if (lead.stage === 'not-attempted' && lead.number % 4)
      await act(
        app.bus.command(
          logCall,
          { leadId: lead.id, outcome: lead.number % 3 ? 'answered' : 'rnr', minutes: lead.number % 9 },
          caller,
        ),
      );
    else if (lead.stage === 'follow-up' && lead.number % 5 === 0)
      await act(
        app.bus.command(
          moveLead,
          { leadId: lead.id, stage: 'lost', lostReason: lead.number % 2 ? 'price' : 'no-response' },
          caller,
        ),
      );
    else if (lead.stage === 'proposal-sent' && lead.number % 3 === 0)
      // By seats, as their enquiry said; in the organisation's currency.
      await act(
        app.bus.command(
          moveLead,
          { leadId: lead.id, stage: 'won', value: String((5 + lead.number) * 12_000) },
          caller,
        ),
      );
  }
  for (const demo of (await app.bus.query(listAppointments, { limit: 100 }, caller)).items) {
    if (demo.status === 'booked')
      await app.bus.command(confirmAppointment, { appointmentId: demo.id }, caller).catch(() => undefined);
    if (demo.status === 'confirmed' && new Date(demo.startsAt) < clock.now())
      await app.bus.command(completeAppointment, { appointmentId: demo.id }, caller).catch(() => undefined);
  }
  await app.idle();
}
