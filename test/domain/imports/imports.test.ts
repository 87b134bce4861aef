import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { importLeftovers, startImport, undoImport } from '../../../src/domain/imports/contract.ts';
import { getLead, moveLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { importOffice, type Office } from './office.ts';

const file = `Name,Mobile No,E-mail,Town,Product
Ravi Kumar,98450 12345,ravi@example.com,Chennai,RSoft CRM
Asha Nair,+91 98450 54321,,Kochi,RSoft ERP
Ravi K,098450 12345,,Chennai,RSoft CRM
Nobody,12,not a mail,Goa,
`;

describe('a file of leads', () => {
  let office: Office;
  let importId: string;
  beforeAll(async () => {
    office = await importOffice();
  });
  afterAll(() => office.app.dispose());

  it('shows what each row would become before anything is imported [M13]', async () => {
    importId = await office.upload(file);
    const { columns, rows } = await office.preview(importId);
    expect(columns).toEqual(['Name', 'Mobile No', 'E-mail', 'Town', 'Product']);
    expect(rows.map(({ n, verdict, action }) => ({ n, verdict, action }))).toEqual([
      { n: 2, verdict: 'new', action: 'opened' },
      { n: 3, verdict: 'new', action: 'opened' },
      { n: 4, verdict: 'duplicate', action: 'added' },
      { n: 5, verdict: undefined, action: undefined },
    ]);
    expect(rows[2]!.evidence).toEqual([
      { rule: 'same-file', score: 1, text: 'It repeats row 2 of this file.' },
    ]);
    expect(await office.leads()).toEqual([]);
  });

  it('becomes leads in turn, its repetitions enquiries, its bad rows an error file [M13]', async () => {
    const { plan } = await office.look(importId);
    await office.app.bus.command(startImport, { importId, plan }, office.manager);
    await office.app.idle();
    expect(await office.look(importId)).toMatchObject({
      status: 'done',
      rows: 4,
      done: 4,
      counts: { opened: 2, added: 1, bad: 1, skipped: 0, filled: 0, reopened: 0, kept: 0 },
      given: [
        { name: 'Priya Shah', count: 1 },
        { name: 'Arjun Rao', count: 1 },
      ],
    });
    const leads = await office.leads();
    expect(leads.map((lead) => [lead.number, lead.name, lead.phone, lead.email, lead.city])).toEqual([
      [1, 'Ravi Kumar', '+919845012345', 'ravi@example.com', 'Chennai'],
      [2, 'Asha Nair', '+919845054321', undefined, 'Kochi'],
    ]);
    expect(
      leads.map((lead) => [lead.product, lead.source, lead.stageLabel, lead.assigneeName, lead.verdict]),
    ).toEqual([
      ['RSoft CRM', 'Import', 'NOT ATTEMPTED', 'Priya Shah', 'new'],
      ['RSoft ERP', 'Import', 'NOT ATTEMPTED', 'Arjun Rao', 'new'],
    ]);
    const { items } = await office.app.bus.query(listEnquiries, { leadId: leads[0]!.id }, office.manager);
    expect(items.map(({ verdict }) => verdict).sort()).toEqual(['duplicate', 'new']);
    expect(await office.errors(importId)).toMatchObject({
      rows: [
        {
          n: 5,
          cells: ['Nobody', '12', 'not a mail', 'Goa'],
          problems: [
            { field: 'Phone', message: '“12” is not a telephone number.' },
            { field: 'E-mail', message: '“not a mail” is not an e-mail address.' },
          ],
        },
      ],
    });
  });

  it('is told once to each who is concerned, not once a row [M40]', async () => {
    const told = async (who: Office['priya']) =>
      (await office.app.bus.query(listNotifications, {}, who)).items.map(({ title, text }) => [title, text]);
    expect(await told(office.manager)).toEqual([
      ['list.csv is imported', '2 new · 1 added to a known lead · 1 kept aside: see the error file.'],
    ]);
    expect(await told(office.priya)).toEqual([
      ['1 new lead for you', 'Meera Iyer has imported list.csv. They stand under Not Attempted Leads.'],
    ]);
  });

  it('with the same header is read the same way the next time', async () => {
    const again = await office.upload('Name,Mobile No,E-mail,Town,Product\nNew,98450 99999,,,\n');
    const { plan } = await office.look(again);
    const change = { mapping: ['name', 'phone', null, 'city', 'note'] as never, known: 'skip' as const };
    await office.app.bus.command(
      startImport,
      { importId: again, plan: { ...plan, ...change } },
      office.manager,
    );
    await office.app.idle();
    const next = await office.look(
      await office.upload('Name,Mobile No,E-mail,Town,Product\nX,1,,,\n', office.priya),
      office.priya,
    );
    expect(next).toMatchObject({ remembered: true, plan: { ...change, headerRow: 0 } });
  });

  it('can be taken back, all but what somebody has worked on, which is told [M67]', async () => {
    const [ravi] = await office.leads();
    office.app.clock.advance(60_000);
    await office.app.bus.command(moveLead, { leadId: ravi!.id, stage: 'follow-up' }, office.priya);
    await office.app.bus.command(undoImport, { importId }, office.manager);
    await office.app.idle();
    expect(await office.look(importId)).toMatchObject({ status: 'undone', removed: 2, stayed: 1 });
    expect((await office.leads()).map(({ name }) => name)).toEqual(['Ravi Kumar', 'New']);
    expect(await office.app.bus.query(importLeftovers, { importId }, office.manager)).toEqual({
      rows: [
        {
          n: 2,
          why: 'Somebody has worked on the lead.',
          lead: { id: ravi!.id, number: 1, name: 'Ravi Kumar' },
        },
      ],
    });
    await expect(office.app.bus.command(undoImport, { importId }, office.manager)).rejects.toThrow(
      'This import was taken back.',
    );
  });

  it('is undone like any other change, and then can come again as if it had never been', async () => {
    const before = (await office.leads()).length;
    await office.bring('Name,Phone\nOnce,98400 00001\nTwice,98400 00002\n');
    await office.app.bus.command(undoLast, {}, office.manager);
    await office.app.idle();
    expect(await office.leads()).toHaveLength(before);
    const again = await office.bring('Name,Phone\nOnce,98400 00001\nTwice,98400 00002\n');
    expect(again.counts).toMatchObject({ opened: 2, added: 0 });
  });
});

describe('people in a file whom we know', () => {
  let office: Office;
  let open: Awaited<ReturnType<Office['enquire']>>;
  let lost: typeof open;
  beforeAll(async () => {
    office = await importOffice();
    open = await office.enquire({ name: 'Ravi Kumar', phone: '98450 12345' });
    lost = await office.enquire({ name: 'Old Friend', phone: '98450 77777' });
    const closed = { leadId: lost.leadId, stage: 'lost', lostReason: 'price' };
    await office.app.bus.command(moveLead, closed, office.manager);
    office.app.clock.advance(3_600_000);
  });
  afterAll(() => office.app.dispose());
  const known = `Name,Phone,E-mail,City
R. Kumar,9845012345,ravi@example.com,Chennai
Old Friend,+919845077777,,Kochi
`;
  const lead = (leadId: string) => office.app.bus.query(getLead, { leadId }, office.manager);

  it('are left out where that was said [M11]', async () => {
    const done = await office.bring(known, { known: 'skip', silent: 'skip' });
    expect(done.counts).toMatchObject({ skipped: 2, opened: 0, added: 0, reopened: 0 });
    expect(await lead(open.leadId)).toMatchObject({ name: 'Ravi Kumar', stage: 'not-attempted' });
    expect(await lead(lost.leadId)).toMatchObject({ stage: 'lost' });
    expect((await office.app.bus.query(listEnquiries, {}, office.manager)).total).toBe(2);
  });

  it('have what their lead lacks filled in, and nothing overwritten; the undo empties it again', async () => {
    const done = await office.bring(known, { known: 'fill', silent: 'skip' });
    expect(done.counts).toMatchObject({ filled: 1, skipped: 1 });
    expect(await lead(open.leadId)).toMatchObject({
      name: 'Ravi Kumar',
      email: 'ravi@example.com',
      city: 'Chennai',
    });
    // Found by the address that was filled in.
    const found = await office.bring('Name,E-mail\nSomebody,RAVI@example.com\n');
    expect(found.counts).toMatchObject({ added: 1 });
    for (const importId of [found.id, done.id]) {
      await office.app.bus.command(undoImport, { importId }, office.manager);
      await office.app.idle();
    }
    const after = await lead(open.leadId);
    expect([after.name, after.email, after.city]).toEqual(['Ravi Kumar', undefined, undefined]);
    const again = await office.bring('Name,E-mail\nSomebody,ravi@example.com\n');
    expect(again.counts).toMatchObject({ opened: 1, added: 0 });
  });

  it('come back into the pipeline when their lead was closed; the undo closes it again [M17]', async () => {
    const before = await lead(lost.leadId);
    const done = await office.bring(known, { known: 'add', silent: 'reopen' });
    expect(done.counts).toMatchObject({ added: 1, reopened: 1 });
    expect(await lead(lost.leadId)).toMatchObject({ stage: 'not-attempted', verdict: 'reengaged' });
    await office.app.bus.command(undoImport, { importId: done.id }, office.manager);
    await office.app.idle();
    expect(await lead(lost.leadId)).toEqual(before);
    expect(await office.look(done.id)).toMatchObject({ removed: 2, stayed: 0 });
  });
});
