import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../../src/core/config.ts';
import type { Scope } from '../../../src/core/rights.ts';
import {
  assignLead,
  createLead,
  leadViews,
  listLeads,
  moveLead,
} from '../../../src/domain/leads/contract.ts';
import { updateRule } from '../../../src/domain/notifications/contract.ts';
import { asSystem, type Person, type Sales, sales } from './harness.ts';

describe('what a role gives', () => {
  let crm: Sales;
  afterEach(() => crm.dispose());
  const see = async (person: Person) =>
    (await crm.bus.query(listLeads, {}, person)).items.map(({ number }) => number).sort();
  const reach = (scope: Scope) => (config: Config) => {
    const { grants } = config.roles.manager!;
    grants.Lead = { ...grants.Lead, read: scope, update: scope, assign: scope };
  };

  describe('to managers by the hierarchy [M62]', () => {
    let north: Person;
    let south: Person;
    let head: Person;
    beforeEach(async () => {
      crm = await sales({ change: reach('subtree') });
      head = await crm.user('Hema', 'manager');
      north = await crm.user('Nita', 'manager', { managerId: head.id });
      south = await crm.user('Sunil', 'manager', { managerId: head.id });
      for (const [manager, name] of [
        [north, 'Priya'],
        [south, 'Arjun'],
      ] as const)
        await crm.user(name, 'tele-caller', { managerId: manager.id });
      for (const phone of ['9845000001', '9845000002']) await crm.enquire({ phone });
      [head, north, south] = (await Promise.all([head, north, south].map((person) => crm.again(person)))) as [
        Person,
        Person,
        Person,
      ];
    });

    it('is their subtree, however deep, in lists and counts', async () => {
      expect([await see(head), await see(north), await see(south)]).toEqual([[1, 2], [1], [2]]);
      expect((await crm.bus.query(leadViews, {}, north)).items[0]!.count).toBe(1);
    });

    it('is nothing of their neighbour’s', async () => {
      const { items } = await crm.bus.query(listLeads, {}, south);
      const leadId = items[0]!.id;
      await expect(crm.bus.command(moveLead, { leadId, stage: 'follow-up' }, north)).rejects.toMatchObject({
        code: 'record.not_found',
      });
      await expect(
        crm.bus.command(assignLead, { leadId, assigneeId: north.id }, north),
      ).rejects.toMatchObject({ code: 'record.not_found' });
    });
  });

  it('to a team is what belongs to its members [M62]', async () => {
    crm = await sales({ change: reach('team') });
    const manager = await crm.user('Meera', 'manager', { teamIds: ['chennai'] });
    await crm.user('Priya', 'tele-caller', { teamIds: ['chennai'] });
    await crm.user('Arjun', 'tele-caller', { teamIds: ['pune'] });
    for (const phone of ['9845000001', '9845000002']) await crm.enquire({ phone });
    expect(await see(manager)).toEqual([1]);
  });

  it('that is unknown is nothing at all [M60]', async () => {
    crm = await sales();
    await crm.enquire({ phone: '9845000001' });
    const stranger: Person = {
      id: 'x',
      surface: 'api',
      actor: { kind: 'user', id: 'x', name: 'X', role: 'gone', teamIds: [], subordinateIds: [] },
    };
    await expect(crm.bus.query(listLeads, {}, stranger)).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(
      crm.bus.command(createLead, { name: 'X', phone: '9845000002' }, stranger),
    ).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(
      crm.bus.command(updateRule, { key: 'lead-new', enabled: false }, stranger),
    ).rejects.toMatchObject({ code: 'auth.forbidden' });
    expect((await crm.bus.query(listLeads, {}, asSystem)).total).toBe(1);
  });
});
