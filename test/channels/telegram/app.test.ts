/** A stranger presses Start on Telegram: greeted, asked, made a lead with where they came from, and sent the brochure. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { loadConfig } from '../../../src/core/config.ts';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import { type TestApp, testApp } from '../../support/app.ts';

const priya = 98450123;

describe('a customer on Telegram', () => {
  let app: TestApp;
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    app = await testApp({
      // The very settings that ship in config/channels.yaml, filled by the emulator's variables.
      change: (config) => {
        const { accounts } = loadConfig({
          ...emulator.environment(),
          TELEGRAM_POLLING: 'true',
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = accounts.filter(({ channel, id }) => channel === 'telegram' && id === 'main');
      },
    });
    await app.start();
    emulator.telegram.person(priya, { firstName: 'Priya', phone: '919845012399' });
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
  });

  const chat = () => emulator.telegram.seen(priya);
  async function settled(act: () => Promise<unknown>): Promise<string[]> {
    const before = chat().length;
    await act();
    await emulator.waitFor(() => emulator.telegram.pending() === 0, 'what was said to be taken');
    await app.idle();
    return chat()
      .slice(before)
      .map(({ text }) => text);
  }

  it('is greeted at once, and again when Start is pressed again [M10] [M12]', async () => {
    for (const start of ['/start diwali-poster', '/start']) {
      const said = (await settled(() => emulator.telegram.say(priya, start))).join('\n');
      expect([start, said]).toEqual([start, expect.stringContaining('?')]);
      expect(said).not.toMatch(/sorry|did not/i);
    }
    expect(chat()[0]!.text).toContain('RSoft');
  });

  it('becomes a lead with its source and campaign, known by the number that was shared [M2] [M3] [M4]', async () => {
    const manager = await app.user('Meera', 'manager');
    await settled(() => emulator.telegram.say(priya, 'I want RSoft CRM, my name is Priya Sharma'));
    await settled(() => emulator.telegram.shareContact(priya));
    const { items } = await app.bus.query(listLeads, {}, manager);
    expect(items).toMatchObject([{ name: expect.stringContaining('Priya'), source: 'Telegram' }]);
    expect(items[0]!.phone).toContain('9845012399');
    const enquiries = await app.bus.query(listEnquiries, {}, manager);
    expect(enquiries.items[0]).toMatchObject({ source: 'Telegram', campaign: 'diwali-poster' });
  });

  it('is sent the brochure as a file [M12]', async () => {
    await settled(() => emulator.telegram.say(priya, 'please send the brochure'));
    expect(chat().flatMap(({ file }) => (file ? [file.filename] : []))).toContainEqual(
      expect.stringMatching(/brochure\.pdf$/),
    );
  });

  it('loses nothing, says nothing twice and keeps the order while Telegram takes nothing', async () => {
    emulator.fail('telegram', 'rate', 3);
    const before = chat().length;
    expect(await settled(() => emulator.telegram.say(priya, 'send the brochure once more'))).toEqual([]);
    expect(await settled(() => emulator.telegram.say(priya, 'what does RSoft CRM cost?'))).toEqual([]);
    for (let minute = 0; minute < 10; minute++) {
      app.clock.advance(60_000);
      await app.idle();
    }
    const said = chat().slice(before);
    const brochures = said.filter(({ file }) => file);
    const prices = said.filter(({ text }) => text.includes('12,000'));
    expect([brochures.length, prices.length]).toEqual([1, 1]);
    expect(said.indexOf(brochures[0]!)).toBeLessThan(said.indexOf(prices[0]!));
  });

  it('is left alone after STOP, at once [M133]', async () => {
    await settled(() => emulator.telegram.say(priya, 'STOP'));
    expect(await settled(() => emulator.telegram.say(priya, 'what is the price?'))).toEqual([]);
  });
});
