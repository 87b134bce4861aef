import type { Caller } from '../../../src/core/bus.ts';
import { listCalls } from '../../../src/domain/activities/contract.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import { desktop, type World } from './console.ts';

export default (world: World) => {
  let kiran: Caller & { id: string };
  beforeAll(async () => {
    kiran = await world.person('Kiran', 'tele-caller');
  });

  const newLead = async (name: string, phone: string) =>
    (await world.app.bus.command(createLead, { name, phone }, kiran)).lead!.id;
  const callsOf = async (leadId: string) => (await world.app.bus.query(listCalls, { leadId }, kiran)).items;

  it('takes “RNR” in one press in My day, and a double click is one call [M31] [M58]', async () => {
    const leadId = await newLead('Asha Rao', '98413 10001');
    const page = await world.open('Kiran');
    const row = page.getByRole('article').filter({ hasText: 'Asha Rao' });
    await row.getByRole('button', { name: 'RNR' }).dblclick();
    await page.getByText('RNR logged.').waitFor();
    await world.app.idle();
    expect(await callsOf(leadId)).toMatchObject([{ outcome: 'rnr', outcomeLabel: 'RNR', direction: 'out' }]);
  });

  it('asks for the time of a “CALL BACK”, sets the follow-up with it, and takes both back [M31] [M44] [M67]', async () => {
    const leadId = await newLead('Vikram Shah', '98413 10002');
    const page = await world.open('Kiran', desktop, `/leads/${leadId}`);
    await page.getByRole('button', { name: 'CALL BACK' }).click();
    await page.getByRole('button', { name: 'Log the call' }).click();
    await page.getByText('When did they ask to be called?').waitFor();
    expect(await callsOf(leadId)).toEqual([]);

    // 4 pm in the organisation's zone, whatever the browser's is.
    await page.getByRole('button', { name: 'Tomorrow 4 pm' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Asked for the price list');
    await page.getByRole('button', { name: 'Log the call' }).click();
    await page.getByText('Call logged. Next: Tomorrow, 4:00 pm.').waitFor();
    expect(await callsOf(leadId)).toMatchObject([
      { outcome: 'callback', outcomeLabel: 'CALL BACK', note: 'Asked for the price list' },
    ]);
    await page.getByRole('article').getByText('Asked for the price list').first().waitFor();
    expect(await page.locator('.lead-title').textContent()).toContain('Tomorrow, 4:00 pm');

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^Undone:/).waitFor();
    expect(await callsOf(leadId)).toEqual([]);
  });

  it('tells of a time that has passed at the field, in the server’s words', async () => {
    const leadId = await newLead('Priya Nair', '98413 10003');
    const page = await world.open('Kiran', desktop, `/leads/${leadId}`);
    await page.locator('.lead-buttons').getByRole('button', { name: 'Follow-up' }).click();
    await page.getByLabel('When').fill('2026-01-05T10:00');
    await page.getByRole('button', { name: 'Set the follow-up' }).click();
    const problem = page.locator('.ant-form-item-explain-error');
    expect(await problem.textContent()).toContain('has passed. Please give a time to come.');
    expect(await page.getByLabel('When').inputValue()).toBe('2026-01-05T10:00');
  });

  it('keeps what was typed while the server is away, and saves it once when it is back', async () => {
    const leadId = await newLead('Lakshmi Iyer', '98413 10004');
    const page = await world.open('Kiran', desktop, `/leads/${leadId}`);
    await page.locator('.lead-buttons').getByRole('button', { name: 'Note' }).click();
    const note = page.getByRole('textbox', { name: 'Note' });
    await note.fill('Prefers Hindi');
    const add = page.getByRole('button', { name: 'Add the note' });

    await page.context().setOffline(true);
    await add.click();
    await page.getByText('The server cannot be reached.').waitFor();
    expect(await note.inputValue()).toBe('Prefers Hindi');

    await page.context().setOffline(false);
    await add.click();
    await page.getByText('Note added.').waitFor();
    const kept = page.locator('.timeline-text', { hasText: 'Prefers Hindi' });
    await kept.first().waitFor();
    expect(await kept.count()).toBe(1);
  });
};
