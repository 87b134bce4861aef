import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { consoleWorld, password, type World } from './console.ts';

describe('the channels page', () => {
  let world: World;
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.telegram.person(77, { started: true });
    const { telegram, facebook } = emulator.accounts;
    const page = {
      apiUrl: emulator.url,
      pageId: facebook.pageId,
      accessToken: 'an old token',
      appSecrets: [facebook.appSecret],
      verifyToken: 'word',
    };
    world = await consoleWorld(undefined, {
      change: (config) =>
        void config.accounts.push(
          {
            id: 'main',
            channel: 'telegram',
            missing: [],
            settings: { apiUrl: emulator.url, token: telegram.token, polling: true, pollSeconds: 1 },
          },
          { id: 'main', channel: 'facebook', missing: [], settings: page },
        ),
    });
    await world.app.user('Arun', 'administrator', { password });
  });
  afterAll(async () => {
    await world?.close();
    await emulator?.close();
  });

  it('says in words what works and what does not, and shows what became of a test message', async () => {
    const page = await world.open('Arun', undefined, '/settings/channels');
    await page.getByText('@rsoft_emulator_bot').waitFor();
    await page.getByText('Make a new one for a system user').waitFor();
    expect(await page.content()).not.toContain('an old token');

    const telegram = page.getByRole('row').filter({ hasText: '@rsoft_emulator_bot' });
    await telegram.getByText('Works').waitFor();
    await telegram.getByRole('button', { name: 'Send a test' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('To whom').fill('77');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('The provider took it.').waitFor();
    expect(emulator.telegram.seen(77).at(-1)!.text).toContain('it arrived');

    await dialog.getByLabel('To whom').fill('404');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('chat not found').waitFor();
  });
});
