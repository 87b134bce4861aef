import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import { asha, meera, type Office, openOffice } from '../../staff-chat/office.ts';
import { asSystem } from '../../support/app.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.link(asha, office.caller);
  await office.link(meera, office.manager);
  await office.lead();
  await office.lead();
  await office.lead(office.second);
}, 120_000);
afterAll(() => office?.close());

const numbers = async () =>
  (await office.app.bus.query(listLeads, {}, asSystem)).items.map(({ number }) => number).sort();

it('merges two leads from one line of chat, and undoes it [M6] [B9]', async () => {
  expect(await office.crm('merge #1 #2')).toContain('#2 Customer 2 is now part of #1');
  expect(await numbers()).toEqual([1, 3]);
  expect(await office.crm('note #2 still reached by its old number')).toContain('Noted on #1');
  expect(await office.crm('find #2')).toContain('#1 Customer 1');
  await office.crm('undo');
  expect(await office.crm('undo')).toContain('merged #2 Customer 2 into #1');
  expect(await numbers()).toEqual([1, 2, 3]);
}, 120_000);

it('takes a merge back with the button under it [M6]', async () => {
  await office.crm('merge #1 #3', meera);
  expect(await numbers()).toEqual([1, 2]);
  expect(await office.press('Undo the merge', meera)).toContain('two leads again');
  expect(await numbers()).toEqual([1, 2, 3]);
}, 120_000);

it('says of a colleague’s lead no more than of one that is not there [M61]', async () => {
  const theirs = await office.crm('merge #1 #3');
  expect(theirs.replaceAll('#3', '#9')).toBe(await office.crm('merge #1 #9'));
  expect(await numbers()).toEqual([1, 2, 3]);
}, 120_000);
