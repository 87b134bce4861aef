import type { Page } from 'playwright-core';
import { setFollowUp } from '../../../src/domain/activities/contract.ts';
import { getAssignment, saveAssignment } from '../../../src/domain/assignment/contract.ts';
import { LedgerModel } from '../../../src/domain/conversations/model/ledger.ts';
import { createLead, getLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { LeadModel } from '../../../src/domain/leads/model.ts';
import { listPipelines, savePipeline } from '../../../src/domain/pipelines/contract.ts';
import { asSystem } from '../../support/app.ts';
import type { World } from './console.ts';

/** One office, one administrator's browser: the cases build on one another's settings in this order. */
export default (world: World) => {
  let page: Page;
  let asha: Awaited<ReturnType<World['app']['user']>>;
  beforeAll(async () => {
    await world.person('Ada', 'administrator');
    asha = await world.app.user('Asha', 'tele-caller');
    await world.app.user('Ravi', 'tele-caller');
    page = await world.open('Ada');
  });

  const assignment = () => world.app.bus.query(getAssignment, {}, asSystem);
  const pipeline = async () => (await world.app.bus.query(listPipelines, {}, asSystem)).items[0]!;

  it('a new lead goes by a rule that is tried out before it is saved, and a second editor is told [M19]', async () => {
    await page.goto(`${world.base}/settings/assignment`);
    await page.getByText('No rule takes it').waitFor();

    await page.getByRole('button', { name: 'Add a rule' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Pune to Asha');
    await dialog.getByLabel('Area').fill('Pune');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Colleagues, dealers, agents').click();
    await page.locator('.ant-select-dropdown:visible').getByText('Asha', { exact: true }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Area is Pune', { exact: true }).waitFor();

    await page.locator('#try-city').fill('pune');
    await page.getByText('The rule “Pune to Asha” takes it; Asha is the only one free.').waitFor();
    expect((await assignment()).rules).toEqual([]);

    // A colleague is quicker.
    await world.app.bus.command(saveAssignment, { perDay: 7 }, asSystem);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('has saved a change meanwhile. What you entered is still here.').waitFor();
    expect(await assignment()).toMatchObject({ rules: [], perDay: 7, version: 1 });
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Saved. It holds from the next lead on.').waitFor();
    expect(await assignment()).toMatchObject({
      version: 2,
      changedBy: 'Ada',
      rules: [{ label: 'Pune to Asha', when: { city: ['Pune'] }, to: { users: [asha.id] } }],
    });
  }, 180_000);

  it('a pipeline loses a stage after it is said where its leads go, and what the second editor entered is kept [M15]', async () => {
    await world.app.bus.command(createLead, { name: 'Zoe Rao', phone: '98400 10001' }, asha);
    await page.goto(`${world.base}/settings/pipelines`);
    await page.getByRole('button', { name: 'Remove NOT ATTEMPTED' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 lead is in it.').waitFor();
    await dialog.getByLabel('Where do they go?').click();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Leads in NOT ATTEMPTED go to FOLLOW-UP when this is saved.').waitFor();

    // A colleague is quicker.
    const { pipeline: before } = await pipeline();
    const stages = before.stages.map((stage) =>
      stage.key === 'proposal-sent' ? { ...stage, label: 'QUOTED' } : stage,
    );
    await world.app.bus.command(savePipeline, { pipeline: { ...before, stages } }, asSystem);
    await page.getByText('has saved a change meanwhile. What you entered is still here.').waitFor();
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Saved. It holds for everybody now.').waitFor();
    await world.app.idle();
    expect((await pipeline()).pipeline.stages.map(({ label }) => label)).toEqual([
      'FOLLOW-UP',
      'DEMO CONFIRMED',
      'PROPOSAL SENT',
      'CLOSE TO WON',
      'CLOSE TO LOOSE',
    ]);
    expect((await LeadModel.findOne({ name: 'Zoe Rao' }).lean())!.stage).toBe('follow-up');
  }, 180_000);

  it('changes show before and after, and are undone one by one [M67]', async () => {
    const made = await world.app.bus.command(createLead, { name: 'Ravi Kumar', phone: '98400 10002' }, asha);
    const leadId = made.lead!.id;
    await world.app.bus.command(updateLead, { leadId, product: 'RSoft ERP', city: 'Pune' }, asha);
    await page.goto(`${world.base}/settings/audit?record=${leadId}`);
    const line = page.getByRole('listitem').filter({ hasText: 'changed #2' });
    await line.getByText('Before and after').click();
    await line.getByRole('row').filter({ hasText: 'product' }).getByText('RSoft ERP').waitFor();
    await line.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/Undone: changed #2/).waitFor();
    const lead = await world.app.bus.query(getLead, { leadId }, asSystem);
    expect([lead.product, lead.city]).toEqual([undefined, undefined]);
  }, 180_000);

  it('the days to come are played on a copy: who would be told what, when and why [B11]', async () => {
    const made = await world.app.bus.command(createLead, { name: 'Nina Das', phone: '98400 10003' }, asha);
    // Thursday, 11:00 in Kolkata.
    const at = '2026-03-12T05:30:00Z';
    await world.app.bus.command(setFollowUp, { leadId: made.lead!.id, at }, asha);
    await page.goto(`${world.base}/settings/rehearsal`);
    await page.getByText('Nothing was played yet').waitFor();
    await page.getByRole('button', { name: 'Play these days' }).click();
    const told = page.getByText('Follow-up in 15 minutes with Nina Das');
    await told.first().waitFor({ timeout: 120_000 });
    const line = page.getByRole('listitem').filter({ has: told }).first();
    expect(await line.textContent()).toMatch(/10:45 am[\s\S]*Asha[\s\S]*because: A follow-up is near or due/);
  }, 240_000);

  it('the days gone by are proved: inbound = recorded + dead-lettered, with the differences [B8]', async () => {
    await world.app.say('Hello', { id: 'a', thread: '+919845000001' });
    const provedAt = new Date('2026-03-10T18:40:00Z');
    const counted = { inbound: 12, recorded: 11, dead: 1, waiting: 0, difference: 0, provedAt };
    await LedgerModel.create([{ _id: '2026-03-10', ...counted }]);
    await page.goto(`${world.base}/ledger`);
    await page.getByText('Each message of the day was looked up and found.').waitFor();
    const row = page.getByRole('row').filter({ hasText: '2026-03-10' });
    await row.waitFor();
    expect((await row.getByRole('cell').allInnerTexts()).slice(0, 5)).toEqual([
      '2026-03-10',
      '12',
      '11',
      '1',
      '0',
    ]);
  }, 120_000);
};
