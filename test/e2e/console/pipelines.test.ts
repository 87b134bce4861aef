import { createLead } from '../../../src/domain/leads/contract.ts';
import { LeadModel } from '../../../src/domain/leads/model.ts';
import { listPipelines, savePipeline } from '../../../src/domain/pipelines/contract.ts';
import { asSystem } from '../../support/app.ts';
import { consoleWorld, password, phone, type World } from './console.ts';

describe('pipelines in the console', () => {
  let world: World;
  beforeAll(async () => {
    world = await consoleWorld();
    await world.app.user('Ada', 'administrator', { password });
    const kiran = await world.app.user('Kiran', 'tele-caller', { password });
    await world.app.bus.command(createLead, { name: 'Asha Rao', phone: '98400 10001' }, kiran);
  });
  afterAll(() => world?.close());

  const current = async () => (await world.app.bus.query(listPipelines, {}, asSystem)).items[0]!;

  it('end a stage after it is said where its leads go, and keep what the second editor entered [M15]', async () => {
    const page = await world.open('Ada');
    await page.goto(`${world.base}/settings/pipelines`);
    await page.getByRole('button', { name: 'Remove NOT ATTEMPTED' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 lead is in it.').waitFor();
    await dialog.getByLabel('Where do they go?').click();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/pipelines-remove.png` });
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Leads in NOT ATTEMPTED go to FOLLOW-UP when this is saved.').waitFor();

    // A colleague is quicker.
    const { pipeline } = await current();
    const stages = pipeline.stages.map((stage) =>
      stage.key === 'proposal-sent' ? { ...stage, label: 'QUOTED' } : stage,
    );
    await world.app.bus.command(savePipeline, { pipeline: { ...pipeline, stages } }, asSystem);
    await page.getByText('has saved a change meanwhile. What you entered is still here.').waitFor();
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/pipelines.png`, fullPage: true });
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Saved. It holds for everybody now.').waitFor();
    await world.app.idle();
    expect((await current()).pipeline.stages.map(({ label }) => label)).toEqual([
      'FOLLOW-UP',
      'DEMO CONFIRMED',
      'PROPOSAL SENT',
      'CLOSE TO WON',
      'CLOSE TO LOOSE',
    ]);
    expect((await LeadModel.findOne({ name: 'Asha Rao' }).lean())!.stage).toBe('follow-up');
    if (process.env.SHOTS) {
      const small = await world.open('Ada', phone);
      await small.goto(`${world.base}/settings/pipelines`);
      await small.getByText('Leads moved with the stages').waitFor();
      await small.screenshot({ path: `${process.env.SHOTS}/pipelines-390.png`, fullPage: true });
      expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await page.getByRole('button', { name: 'Edit FOLLOW-UP' }).click();
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${process.env.SHOTS}/pipelines-edit.png` });
    }
  }, 180_000);
});
