/** A small office that imports: people, a file handed in, and what became of it. */
import { Readable } from 'node:stream';
import type { Caller } from '../../../src/core/bus.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { ulids } from '../../../src/core/ids.ts';
import { recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import {
  getImport,
  type ImportPlan,
  type ImportView,
  importErrors,
  previewImport,
  startImport,
} from '../../../src/domain/imports/contract.ts';
import { createImportIntake } from '../../../src/domain/imports/intake.ts';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import { asSystem, testApp } from '../../support/app.ts';
import { echo } from '../../support/echo.ts';

export type Person = Caller & { id: string };

export async function importOffice(options: Parameters<typeof testApp>[0] = {}) {
  const app = await testApp({ decide: echo, ...options });
  await app.start();
  const manager = await app.user('Meera Iyer', 'manager');
  const priya = await app.user('Priya Shah', 'tele-caller');
  const arjun = await app.user('Arjun Rao', 'tele-caller');
  // Reads take no clock; only ids need to sort as they are made.
  const intake = createImportIntake({ bus: app.bus, clock: app.clock, ids: ulids(systemClock) });

  async function upload(content: string | Buffer, who: Person = manager, filename = 'list.csv') {
    return intake.receive(who.actor, filename, Readable.from([Buffer.from(content)]));
  }
  const look = (importId: string, who: Person = manager) => app.bus.query(getImport, { importId }, who);
  const preview = async (importId: string, change: Partial<ImportPlan> = {}, who: Person = manager) => {
    const { plan } = await look(importId, who);
    return app.bus.query(previewImport, { importId, plan: { ...plan, ...change } }, who);
  };
  /** Uploads, takes the plan that is proposed but for these changes, and waits for the end. */
  async function bring(
    content: string | Buffer,
    change: Partial<ImportPlan> = {},
    who: Person = manager,
  ): Promise<ImportView> {
    const importId = await upload(content, who);
    const { plan } = await look(importId, who);
    await app.bus.command(startImport, { importId, plan: { ...plan, ...change } }, who);
    await app.idle();
    return look(importId, who);
  }
  const leads = async (who: Person = manager) =>
    (await app.bus.query(listLeads, { limit: 200, sort: 'oldest' }, who)).items;
  const errors = (importId: string, who: Person = manager) => app.bus.query(importErrors, { importId }, who);
  /** A client who came by another way, before. */
  const enquire = async (said: object) => {
    const done = await app.bus.command(
      recordEnquiry,
      { source: 'Website', medium: 'webchat', ...said } as never,
      asSystem,
    );
    await app.idle();
    return done as { leadId: string; contactId: string; enquiryId: string; leadNumber: number };
  };
  return { app, manager, priya, arjun, upload, look, preview, bring, leads, errors, enquire };
}
export type Office = Awaited<ReturnType<typeof importOffice>>;
