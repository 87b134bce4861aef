/** A tele-caller asks in Slack what a customer and we wrote, before ringing them. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { listLeads } from '../../src/domain/leads/contract.ts';
import { asha, type Office, openOffice } from '../staff-chat/office.ts';
import { asSystem } from '../support/app.ts';

jest.setTimeout(120_000);

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office?.close());

it('sums up the talk of a lead of theirs, without the language layer', async () => {
  await office.link(asha, office.manager);
  for (const text of ['Hi, I need a CRM for 20 users', 'tomorrow 5 pm', 'yes'])
    await office.app.say(text, { name: 'Priya Sharma' });
  const [lead] = (await office.app.bus.query(listLeads, {}, asSystem)).items;
  const answer = await office.crm(`summary #${lead!.number}`);
  expect(answer).toContain('Looking for: RSoft CRM');
  expect(answer).toContain('Customer: yes');
  expect(answer).not.toContain('A better one is being written');
});

it('says what is missing where a lead has written nothing', async () => {
  const { number } = await office.lead(office.manager);
  expect(await office.crm(`summary #${number}`)).toContain('No messages with #');
});
