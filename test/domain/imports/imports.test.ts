import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { importLeftovers, undoImport } from '../../../src/domain/imports/contract.ts';
import { moveLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { importOffice, type Office } from './office.ts';

const file = `Name,Mobile No,E-mail,Town,Product
Ravi Kumar,98450 12345,ravi@example.com,Chennai,RSoft CRM
Asha Nair,+91 98450 54321,,Kochi,RSoft ERP
Ravi K,098450 12345,,Chennai,RSoft CRM
Nobody,12,not a mail,Goa,
`;

describe('a file of leads', () => {
  let office: Office;
  beforeEach(async () => {
    office = await importOffice();
  });
  afterEach(() => office.app.dispose());

  it('becomes leads in turn, its repetitions enquiries, its bad rows an error file [M13]', async () => {
    const done = await office.bring(file);
    expect(done).toMatchObject({
      status: 'done',
      rows: 4,
      done: 4,
      counts: { opened: 2, added: 1, bad: 1, skipped: 0, filled: 0, reopened: 0, kept: 0 },
    });
    const leads = await office.leads();
    expect(
      leads.map(
        ({ number, name, phone, email, city, product, source, stageLabel, assigneeName, verdict }) => ({
          number,
          name,
          phone,
          email,
          city,
          product,
          source,
          stageLabel,
          assigneeName,
          verdict,
        }),
      ),
    ).toEqual([
      {
        number: 1,
        name: 'Ravi Kumar',
        phone: '+919845012345',
        email: 'ravi@example.com',
        city: 'Chennai',
        product: 'RSoft CRM',
        source: 'Import',
        stageLabel: 'NOT ATTEMPTED',
        assigneeName: 'Priya Shah',
        verdict: 'new',
      },
      {
        number: 2,
        name: 'Asha Nair',
        phone: '+919845054321',
        email: undefined,
        city: 'Kochi',
        product: 'RSoft ERP',
        source: 'Import',
        stageLabel: 'NOT ATTEMPTED',
        assigneeName: 'Arjun Rao',
        verdict: 'new',
      },
    ]);
    expect(await office.errors(done.id)).toMatchObject({
      columns: ['Name', 'Mobile No', 'E-mail', 'Town', 'Product'],
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

  it('can be taken back, all but what somebody has worked on [M67]', async () => {
    const done = await office.bring(file);
    const [ravi] = await office.leads();
    office.app.clock.advance(60_000);
    await office.app.bus.command(moveLead, { leadId: ravi!.id, stage: 'follow-up' }, office.manager);
    await office.app.idle();
    await office.app.bus.command(undoImport, { importId: done.id }, office.manager);
    await office.app.idle();
    expect(await office.look(done.id)).toMatchObject({ status: 'undone', removed: 2, stayed: 1 });
    expect((await office.leads()).map(({ name }) => name)).toEqual(['Ravi Kumar']);
    expect(await office.app.bus.query(importLeftovers, { importId: done.id }, office.manager)).toEqual({
      rows: [
        {
          n: 2,
          why: 'Somebody has worked on the lead.',
          lead: { id: ravi!.id, number: 1, name: 'Ravi Kumar' },
        },
      ],
    });
  });
});
