import { MongoBackend } from '@agendajs/mongo-backend';
import { expect, it } from '@jest/globals';
import { Agenda } from 'agenda';
import { start } from './harness.ts';

it('lets Agenda schedule jobs and run them, each once', async () => {
  const running = await start();
  const db = running.client.db('jobs');
  const agenda = new Agenda({ backend: new MongoBackend({ mongo: db }), processEvery: 50 });
  const ran: unknown[] = [];
  const all = new Promise<void>((resolve) => {
    agenda.define('greet', async (job: { attrs: { data: unknown } }) => {
      if (ran.push(job.attrs.data) === 3) resolve();
    });
  });
  await agenda.start();
  await agenda.now('greet', { to: 'a' });
  await agenda.schedule(new Date(Date.now() + 100), 'greet', { to: 'b' });
  await agenda.schedule(new Date(Date.now() + 150), 'greet', { to: 'c' });
  await all;
  await agenda.stop();
  expect(ran).toEqual([{ to: 'a' }, { to: 'b' }, { to: 'c' }]);
  const [index] = (await db.collection('agendaJobs').indexes()).filter((i) => i.name !== '_id_');
  expect(index).toMatchObject({ name: 'findAndLockNextJobIndex' });
  const { queryPlanner } = await db.collection('agendaJobs').find({ name: 'greet' }).explain();
  expect(queryPlanner.winningPlan.inputStage.stage).toBe('IXSCAN');
  await running.stop();
}, 20_000);
