import type { Caller } from '../../../src/core/bus.ts';
import { listCalls, missedCalls, reportCall } from '../../../src/domain/activities/contract.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import { asSystem } from '../../support/app.ts';
import { phone, type World } from './console.ts';

export default (world: World) => {
  let nitin: Caller & { id: string };
  beforeAll(async () => {
    nitin = await world.person('Nitin', 'tele-caller');
  });
  let count = 0;
  const newLead = async (name: string, more: object = {}) =>
    (await world.app.bus.command(createLead, { name, phone: `98414 3000${++count}`, ...more }, nitin)).lead!
      .id;
  const callsOf = async (leadId: string) => (await world.app.bus.query(listCalls, { leadId }, nitin)).items;

  it('goes from who rang us to who is new, by one press each; a lead is skipped with a reason [M30] [M31]', async () => {
    const fresh = await newLead('Asha Rao', { product: 'RSoft CRM' });
    const rang = await newLead('Vikram Shah');
    await world.app.bus.command(
      reportCall,
      {
        phoneId: 'main:CA1',
        leadId: rang,
        direction: 'in',
        outcome: 'missed',
        calledAt: '2026-03-11T04:40:00Z',
      },
      asSystem,
    );
    await world.app.idle();
    const page = await world.open('Nitin', undefined, '/calls');
    await page.getByRole('button', { name: 'Start calling' }).click();
    const first = page.getByRole('article', { name: 'Ring Vikram Shah' });
    await first.getByText('Missed call').first().waitFor();
    await first.getByText('You rang us, and we missed your call.').waitFor();
    await first.getByRole('button', { name: 'RNR' }).click();

    const second = page.getByRole('article', { name: 'Ring Asha Rao' });
    await second.getByText('You asked about RSoft CRM.').waitFor();
    expect(await callsOf(rang)).toMatchObject([{ outcome: 'rnr' }, { outcome: 'missed', missed: 'tried' }]);
    await second.getByRole('button', { name: 'Skip…' }).click();
    await page.getByLabel('Why').fill('At lunch until two');
    await page.getByRole('button', { name: 'Skip and go on' }).click();
    await page.getByText('Nothing waits').first().waitFor();
    expect(await callsOf(fresh)).toEqual([]);
  });

  it('a call told in words is shown with what was understood, and kept when confirmed [B12]', async () => {
    const leadId = await newLead('Ravi Kumar');
    const page = await world.open('Nitin', phone, '/calls');
    await page.getByRole('button', { name: 'Start calling' }).click();
    const card = page.getByRole('article', { name: 'Ring Ravi Kumar' });
    await card.getByRole('button', { name: 'Tell it in words…' }).click();
    await page
      .getByRole('textbox', { name: 'What came of the call' })
      .fill('spoke to Ravi, wants demo friday 4pm, budget 5 lakh');
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('You said: “friday 4pm”').waitFor();
    await page.getByText('You said: “spoke”').waitFor();
    expect(await page.getByLabel('Demo at').inputValue()).toBe('2026-03-13T16:00');
    expect(await callsOf(leadId)).toEqual([]);
    await page.getByRole('button', { name: 'Log it' }).click();
    await page.getByText('Call logged.').waitFor();
    expect(await callsOf(leadId)).toMatchObject([{ outcome: 'answered' }]);
  });

  it('missed calls stand on their list until they are rung back [M30] [M35]', async () => {
    const page = await world.open('Nitin', undefined, '/calls?view=missed');
    const row = page.getByRole('row').filter({ hasText: 'Vikram Shah' });
    await row.getByText('Tried by Nitin').waitFor();
    await row.getByRole('button', { name: 'Answered' }).click();
    await page.getByRole('button', { name: 'Log the call' }).click();
    await page.getByText('Nobody waits to be rung back').waitFor();
    expect((await world.app.bus.query(missedCalls, {}, nitin)).total).toBe(0);
  });
};
