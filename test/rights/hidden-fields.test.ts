import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCatalogue } from '../../src/core/catalogue.ts';
import { modules } from '../../src/domain/index.ts';
import { updateLead } from '../../src/domain/leads/contract.ts';
import { NotificationModel } from '../../src/domain/notifications/model.ts';
import { runReport } from '../../src/domain/reports/contract.ts';
import { saveRole } from '../../src/domain/staff/contract.ts';
import { asSystem, type Person } from '../domain/sales/harness.ts';
import { attemptsOn } from './attempts.ts';
import { type Office, openOffice } from './office.ts';

const catalogue = createCatalogue(modules(() => catalogue));
const operations = catalogue.handlers.filter(
  ({ operation: { name, permission } }) =>
    permission !== 'system' && (!name.startsWith('flow.') || name === 'flow.start'),
);
/** Of the customer in `office.ts`: the number as it is stored and written, the address, the town. */
const hidden = ['9845077777', '98450 77777', '7777', 'zqx@example.net', 'Zqxwala Town'];
const mayAll = { create: 'all', read: 'all', update: 'all', assign: 'all', export: 'all' } as const;

describe('what a role does not see of records that it reaches', () => {
  let office: Office;
  let clerk: Person;
  beforeAll(async () => {
    office = await openOffice();
    const role = {
      key: 'clerk',
      label: 'Clerk',
      assignsTo: ['clerk'],
      grants: { '*': mayAll, Notification: { read: 'own', update: 'own' } },
      fields: {
        Lead: { phone: 'hidden', email: 'hidden', city: 'hidden', value: 'hidden', source: 'readonly' },
      },
    } as const;
    await office.crm.bus.command(saveRole, role as never, asSystem);
    clerk = await office.crm.again(await office.crm.user('Clerk', 'clerk'));
  }, 120_000);
  afterAll(() => office.crm.dispose());

  const told = async (name: string, input: object, who = clerk) => {
    try {
      return JSON.stringify(await office.crm.bus.execute(name, input, who)) ?? '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('reaches them at all', async () => {
    const lead = await told('lead.get', { leadId: office.ids.leadId });
    expect(lead).toContain('Zqxwala');
    const administrator = office.people.administrator!;
    expect(await told('lead.get', { leadId: office.ids.leadId }, administrator)).toContain('9845077777');
  });

  it.each(operations.map((handler) => [handler.operation.name, handler] as const))(
    'is in no answer and no refusal of %s [M60]',
    async (name, handler) => {
      for (const { input } of attemptsOn(handler, office.ids, ['Zqxwala'])) {
        const said = JSON.stringify(input);
        const answer = await told(name, input);
        expect(hidden.filter((secret) => answer.includes(secret) && !said.includes(secret))).toEqual([]);
      }
    },
    60_000,
  );

  it.each(['98450 77777', '+91 98450', '77777', '9845', 'zqx@example.net', 'zqx@'])(
    'is not found by: %s [M60]',
    async (search) => {
      for (const name of ['lead.list', 'lead.find', 'conversation.list', 'ticket.list', 'ticket.find']) {
        if (!operations.some(({ operation }) => operation.name === name)) continue;
        const answer = await told(name, { search });
        expect([name, answer.includes('Zqxwala')]).toEqual([name, false]);
        expect([name, (await told(name, { search: 'zqxwala' })).includes('Zqxwala')]).toEqual([name, true]);
      }
    },
    60_000,
  );

  it('is not counted, listed or grouped by in reports [M60] [M147]', async () => {
    const period = { from: '2026-01-01', to: '2026-12-31' };
    const run = (spec: object) =>
      office.crm.bus.query(runReport, { spec: { period, ...spec } } as never, clerk);
    await expect(run({ measures: ['lead.revenue'], by: [] })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    await expect(run({ measures: ['lead.created'], by: ['city'] })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    const { sheet } = await run({ measures: ['lead.created'], list: true });
    expect(sheet.rows.map(({ name }) => name)).toContain('Zqxwala');
    expect(sheet.columns.map(({ key }) => key)).not.toContain('value');
  });

  it('is not changed, and neither is what may only be read [M60]', async () => {
    const change = (fields: object) =>
      office.crm.bus.command(updateLead, { leadId: office.ids.leadId!, ...fields }, clerk);
    await expect(change({ phone: '98450 11111' })).rejects.toMatchObject({
      code: 'auth.forbidden',
      message: 'You may not change the phone of leads. Ask your administrator.',
    });
    await expect(change({ source: 'Google' })).rejects.toMatchObject({ code: 'auth.forbidden' });
    const { lead } = await change({ product: 'RSoft CRM' });
    expect(lead).toMatchObject({ product: 'RSoft CRM', source: 'Website' });
  });

  it('is in no notice that they get [M60]', async () => {
    await office.crm.bus.execute(
      'lead.assign',
      { leadId: office.ids.leadId, assigneeId: clerk.id },
      asSystem,
    );
    await office.crm.enquire({
      name: 'Zqxwala',
      phone: '+919845077777',
      email: 'zqx@example.net',
      city: 'Zqxwala Town',
      source: 'Facebook',
    });
    const notices = await NotificationModel.find({ userId: clerk.id }).lean();
    expect(notices.length).toBeGreaterThan(0);
    const text = JSON.stringify(notices);
    expect(hidden.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('is seen again with the next request once the role is changed [M63]', async () => {
    const role = { key: 'clerk', label: 'Clerk', assignsTo: ['clerk'], grants: { '*': mayAll } } as const;
    await office.crm.bus.command(saveRole, role as never, asSystem);
    const now = await office.crm.again(clerk);
    expect(await told('lead.get', { leadId: office.ids.leadId }, now)).toContain('9845077777');
  });
});
