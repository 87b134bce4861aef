import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addNote, logCall } from '../../../src/domain/activities/contract.ts';
import { updateContact } from '../../../src/domain/contacts/contract.ts';
import { ContactModel } from '../../../src/domain/contacts/model.ts';
import { listEnquiries, overruleVerdict, recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { EnquiryModel } from '../../../src/domain/enquiries/model.ts';
import { importLeftovers, startImport, undoImport } from '../../../src/domain/imports/contract.ts';
import { sweepImports } from '../../../src/domain/imports/jobs.ts';
import { PageModel } from '../../../src/domain/imports/model.ts';
import { assignLead, mergeLead } from '../../../src/domain/leads/contract.ts';
import { LeadModel } from '../../../src/domain/leads/model.ts';
import { asSystem } from '../../support/app.ts';
import { importOffice, type Office } from './office.ts';

const day = 86_400_000;

describe('an import that is taken back after people have gone on with it', () => {
  let office: Office;
  beforeAll(async () => {
    office = await importOffice();
  });
  afterAll(() => office.app.dispose());

  it('leaves each lead that somebody has done anything with, and says why [M67]', async () => {
    const names = [
      'Untouched',
      'Noted',
      'Called',
      'Given away',
      'Renamed',
      'Overruled',
      'Asks again',
      'Merged',
    ];
    const file = names.map((name, n) => `${name},98400 3000${n}`).join('\n');
    const other = await office.enquire({ name: 'Other', phone: '98400 39999' });
    const done = await office.bring(`Name,Phone\n${file}\n`);
    const { app, manager, priya, arjun } = office;
    const leads = await office.leads();
    const of = (name: string) => leads.find((lead) => lead.name === name)!;
    const leadId = (name: string) => of(name).id;
    app.clock.advance(60_000);
    await app.bus.command(addNote, { leadId: leadId('Noted'), note: 'nice' }, manager);
    await app.bus.command(logCall, { leadId: leadId('Called'), outcome: 'rnr' }, manager);
    const to = of('Given away').assigneeId === priya.id ? arjun.id : priya.id;
    await app.bus.command(assignLead, { leadId: leadId('Given away'), assigneeId: to }, manager);
    await app.bus.command(updateContact, { contactId: of('Renamed').contactId, city: 'Goa' }, manager);
    const filter = { leadId: leadId('Overruled') };
    const [enquiry] = (await app.bus.query(listEnquiries, filter, manager)).items;
    await app.bus.command(overruleVerdict, { enquiryId: enquiry!.id, verdict: 'junk' }, manager);
    await office.enquire({ name: 'Asks again', phone: '98400 30006' });
    await app.bus.command(mergeLead, { keep: other.leadId, merge: leadId('Merged') }, manager);
    await app.idle();

    await app.bus.command(undoImport, { importId: done.id }, manager);
    await app.idle();
    expect(await office.look(done.id)).toMatchObject({ status: 'undone', removed: 1, stayed: 7 });
    const { rows } = await app.bus.query(importLeftovers, { importId: done.id }, manager);
    expect(rows.map(({ n, why }) => [names[n - 2], why])).toEqual([
      ['Noted', 'Somebody has worked on the lead.'],
      ['Called', 'Somebody has worked on the lead.'],
      ['Given away', 'Somebody has worked on the lead.'],
      ['Renamed', 'More has happened with the contact.'],
      ['Overruled', 'Its verdict was corrected.'],
      ['Asks again', 'Somebody has worked on the lead.'],
      ['Merged', 'It was merged with another record.'],
    ]);
    expect((await office.leads()).map(({ name }) => name).sort()).toEqual(
      ['Asks again', 'Called', 'Given away', 'Noted', 'Other', 'Overruled', 'Renamed'].sort(),
    );
  });

  it('is possible for 30 days; then its rows are forgotten', async () => {
    const done = await office.bring('Name,Phone\nLate,98400 40001\n');
    const never = await office.upload('Name,Phone\nNever,98400 40002\n');
    const sweep = () => office.app.bus.unitOfWork(asSystem, sweepImports.run);
    const pages = (importId: string) => PageModel.countDocuments({ importId });
    office.app.clock.advance(8 * day);
    await sweep();
    expect([await pages(done.id), await pages(never)]).toEqual([1, 0]);
    await expect(office.look(never)).rejects.toMatchObject({ code: 'record.not_found' });
    office.app.clock.advance(23 * day);
    await sweep();
    expect(await pages(done.id)).toBe(0);
    expect(await office.look(done.id)).toMatchObject({ status: 'done', counts: { opened: 1 } });
    const undo = office.app.bus.command(undoImport, { importId: done.id }, office.manager);
    await expect(undo).rejects.toThrow('This import is older than 30 days.');
  });
});

describe('an import while the same people write to us', () => {
  let office: Office;
  beforeAll(async () => {
    office = await importOffice();
  });
  afterAll(() => office.app.dispose());

  it('makes no person, lead or number twice, and nobody is turned away [M11]', async () => {
    const phone = (n: number) => `+9197${String(n).padStart(8, '0')}`;
    const rows = Array.from({ length: 600 }, (_, n) => `Client ${n},${phone(n)}`);
    const importId = await office.upload(`Name,Phone\n${rows.join('\n')}\n`);
    const { plan } = await office.look(importId);
    const { app } = office;
    await app.bus.command(startImport, { importId, plan }, office.manager);
    // Those at the end of the file come before their row, those at its beginning after it, others at the same moment.
    const live = Array.from({ length: 12 }, (_, n) => n * 50 + 7);
    for (let at = 0; at < live.length; at += 4)
      await Promise.all(
        live
          .slice(at, at + 4)
          .map((n) =>
            app.bus.command(
              recordEnquiry,
              { name: 'Live', phone: phone(n), source: 'Website', medium: 'webchat' } as never,
              asSystem,
            ),
          ),
      );
    await app.idle();
    const done = await office.look(importId);
    expect(done).toMatchObject({ status: 'done', done: 600, counts: { bad: 0, skipped: 0 } });
    expect(done.counts.opened + done.counts.added).toBe(600);
    const counted = async (model: { countDocuments(): PromiseLike<number> }) => model.countDocuments();
    expect([await counted(LeadModel), await counted(ContactModel)]).toEqual([600, 600]);
    expect(await counted(EnquiryModel)).toBe(612);
    expect(await LeadModel.distinct('number')).toHaveLength(600);
  });
});
