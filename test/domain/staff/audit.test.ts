import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLead, getLead, moveLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { listAudit, undoChange, undoLast } from '../../../src/domain/staff/contract.ts';
import { type Person, type Sales, sales } from '../sales/harness.ts';

describe('the changes of everybody', () => {
  let crm: Sales;
  let ada: Person;
  let asha: Person;
  let ravi: Person;
  let leadId: string;
  beforeAll(async () => {
    crm = await sales();
    ada = await crm.user('Ada', 'administrator');
    asha = await crm.user('Asha', 'tele-caller');
    ravi = await crm.user('Ravi', 'tele-caller');
    const made = await crm.bus.command(createLead, { name: 'Customer', phone: '98450 12345' }, asha);
    leadId = made.lead!.id;
    await crm.bus.command(updateLead, { leadId, product: 'RSoft CRM' }, asha);
    await crm.bus.command(updateLead, { leadId, product: 'RSoft ERP' }, asha);
    await crm.bus.command(moveLead, { leadId, stage: 'follow-up', note: 'Rang' }, asha);
  });
  afterAll(() => crm.dispose());

  const changes = async (more: object = {}) =>
    (await crm.bus.query(listAudit, { recordId: leadId, ...more }, ada)).items;

  it('say who, when, where, before and after, the newest first [M67]', async () => {
    const items = await changes();
    expect(items.map(({ changes: [change] }) => change!.text)).toEqual([
      'moved #1 from NOT ATTEMPTED to FOLLOW-UP',
      'changed #1',
      'changed #1',
      'added #1 Customer',
    ]);
    expect(items[1]).toMatchObject({
      at: '2026-03-11T05:00:00.000Z',
      actorId: asha.id,
      actorName: 'Asha',
      surface: 'api',
      command: 'lead.update',
      undone: false,
      undoable: true,
      changes: [
        { kind: 'Lead', id: leadId, before: { product: 'RSoft CRM' }, after: { product: 'RSoft ERP' } },
      ],
    });
    expect(await changes({ actorId: ravi.id })).toEqual([]);
    const page = await crm.bus.query(listAudit, { recordId: leadId, limit: 3 }, ada);
    const rest = await crm.bus.query(listAudit, { recordId: leadId, cursor: page.nextCursor! }, ada);
    expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 1, undefined]);
  });

  it('are read by whoever may, and undone by their author or whoever may change the audit [M67]', async () => {
    await expect(crm.bus.query(listAudit, {}, asha)).rejects.toMatchObject({ code: 'auth.forbidden' });
    const [move] = await changes();
    await expect(crm.bus.command(undoChange, { id: move!.id }, ravi)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await crm.bus.command(undoChange, { id: move!.id }, ada);
    const lead = await crm.bus.query(getLead, { leadId }, asha);
    expect(lead.stageLabel).toBe('NOT ATTEMPTED');
    expect((await changes()).find(({ id }) => id === move!.id)).toMatchObject({ undone: true });
    await expect(crm.bus.command(undoChange, { id: move!.id }, ada)).rejects.toMatchObject({
      code: 'undo.nothing',
    });
  });

  it('are undone one by one, never over what was changed since [M67]', async () => {
    const [second, first] = (await changes()).filter(({ command }) => command === 'lead.update');
    await expect(crm.bus.command(undoChange, { id: first!.id }, asha)).rejects.toMatchObject({
      code: 'record.conflict',
    });
    await crm.bus.command(undoChange, { id: second!.id }, asha);
    expect((await crm.bus.query(getLead, { leadId }, asha)).product).toBe('RSoft CRM');
    await crm.bus.command(undoChange, { id: first!.id }, asha);
    expect((await crm.bus.query(getLead, { leadId }, asha)).product).toBeUndefined();
    await expect(crm.bus.command(undoLast, {}, asha)).rejects.toMatchObject({ code: 'undo.nothing' });
  });
});
