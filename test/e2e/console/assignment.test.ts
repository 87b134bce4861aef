import { getAssignment, saveAssignment } from '../../../src/domain/assignment/contract.ts';
import { asSystem } from '../../support/app.ts';
import { consoleWorld, password, phone, type World } from './console.ts';

describe('who gets new leads, in the console', () => {
  let world: World;
  let asha: string;
  beforeAll(async () => {
    world = await consoleWorld();
    await world.app.user('Ada', 'administrator', { password });
    asha = (await world.app.user('Asha', 'tele-caller')).id;
    await world.app.user('Ravi', 'tele-caller');
  });
  afterAll(() => world?.close());

  const now = () => world.app.bus.query(getAssignment, {}, asSystem);

  it('is a rule that is tried out before it is saved, and a second editor is told [M19]', async () => {
    const page = await world.open('Ada');
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
    expect((await now()).rules).toEqual([]);

    // A colleague is quicker.
    await world.app.bus.command(saveAssignment, { perDay: 7 }, asSystem);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('has saved a change meanwhile. What you entered is still here.').waitFor();
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/assignment.png`, fullPage: true });
    expect(await now()).toMatchObject({ rules: [], perDay: 7, version: 1 });
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Saved. It holds from the next lead on.').waitFor();
    expect(await now()).toMatchObject({
      version: 2,
      changedBy: 'Ada',
      rules: [{ label: 'Pune to Asha', when: { city: ['Pune'] }, to: { users: [asha] } }],
    });
    if (process.env.SHOTS) {
      const small = await world.open('Ada', phone);
      await small.goto(`${world.base}/settings/assignment`);
      await small.getByText('Pune to Asha').first().waitFor();
      await small.screenshot({ path: `${process.env.SHOTS}/assignment-390.png`, fullPage: true });
      expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
  }, 180_000);
});
