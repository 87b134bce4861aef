/** The only file that knows Agenda: recurring jobs of the catalogue, each run by one worker at a time. */
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import mongoose from 'mongoose';
import { systemActor } from '../core/actor.ts';
import type { Bus } from '../core/bus.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { Config } from '../core/config.ts';
import type { Logger } from '../core/logger.ts';

export type Scheduler = { start(): Promise<void>; stop(): Promise<void> };

export function createScheduler({
  bus,
  catalogue,
  config,
  log,
}: {
  bus: Bus;
  catalogue: Catalogue;
  config: Config;
  log: Logger;
}): Scheduler {
  let agenda: Agenda | undefined;
  return {
    async start() {
      agenda = new Agenda({
        backend: new MongoBackend({ mongo: mongoose.connection.db as never, collection: 'jobs' }),
        processEvery: '5 seconds',
      });
      agenda.on('fail', (error: Error, job: { attrs: { name: string } }) =>
        log.error({ err: error, job: job.attrs.name }, 'a job failed'),
      );
      for (const { name, every, run } of catalogue.jobs) {
        agenda.define(name, async () =>
          bus.unitOfWork({ actor: systemActor(`job:${name}`), surface: 'timer' }, run),
        );
        await agenda.every(every, name, undefined, {
          timezone: config.app.organisation.timezone,
          skipImmediate: true,
        });
      }
      await agenda.start();
    },
    async stop() {
      await agenda?.stop();
    },
  };
}
