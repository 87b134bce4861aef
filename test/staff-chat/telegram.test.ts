/** Colleagues at work on Telegram: the same grammar, cards and rights as everywhere, in a chat that has no forms. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import type { Caller } from '../../src/core/bus.ts';
import { contactTimeline } from '../../src/domain/contacts/contract.ts';
import { createLead, getLead } from '../../src/domain/leads/contract.ts';
import { confirmLink, pendingLinks, startLink, updateUser } from '../../src/domain/staff/contract.ts';
import { asSystem, type TestApp, testApp } from '../support/app.ts';

const asha = 501;
const ravi = 502;
const meera = 503;
type Colleague = Caller & { id: string };

describe('the CRM from Telegram', () => {
  let app: TestApp;
  let emulator: Emulator;
  let caller: Colleague;
  let second: Colleague;
  let manager: Colleague;
  let count = 0;

  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    const settings = {
      apiUrl: emulator.url,
      token: emulator.accounts.telegramStaff.token,
      audience: 'staff',
      polling: true,
      pollSeconds: 1,
    };
    app = await testApp({
      change: (config) =>
        void config.accounts.push({ id: 'staff', channel: 'telegram', missing: [], settings }),
    });
    await app.start();
    manager = await app.user('Meera', 'manager');
    caller = await app.user('Asha', 'tele-caller', { managerId: manager.id });
    second = await app.user('Ravi', 'tele-caller', { managerId: manager.id });
    for (const [id, firstName] of [
      [asha, 'Asha'],
      [ravi, 'Ravi'],
      [meera, 'Meera'],
    ] as const)
      emulator.telegramStaff.person(id, { firstName });
  });
  // Telegram takes so many messages at once and then one a second.
  beforeEach(() => app.clock.advance(60_000));
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
  });

  /** What Telegram shows this person now that was not there before `act`. */
  async function shown(who: number, act: () => Promise<unknown>): Promise<string> {
    const chat = emulator.telegramStaff;
    const before = new Map(chat.seen(who).map(({ id, text }) => [id, text]));
    await act();
    await emulator.waitFor(() => chat.pending() === 0, 'what was said to be taken');
    await app.idle();
    return chat
      .seen(who)
      .filter(({ id, text }) => before.get(id) !== text)
      .map(({ text }) => text)
      .join('\n---\n');
  }
  const say = (text: string, who = asha) => shown(who, () => emulator.telegramStaff.say(who, text));
  const press = (label: string, who = asha) => shown(who, () => emulator.telegramStaff.press(who, label));
  const labels = (who = asha) =>
    emulator.telegramStaff
      .seen(who)
      .at(-1)!
      .buttons.flat()
      .map(({ text }) => text);
  const read = (leadId: string, who: Caller = caller) => app.bus.query(getLead, { leadId }, who);
  async function lead(of: Caller = caller) {
    count++;
    const input = { name: `Customer ${count}`, phone: `98450 ${12340 + count}`, product: 'RSoft CRM' };
    const { lead: made } = await app.bus.command(createLead, input, of);
    await app.idle();
    return made!;
  }
  async function link(who: number, colleague: Colleague, how: (code: string) => string) {
    const { code } = await app.bus.command(startLink, {}, colleague);
    const answer = await say(how(code), who);
    const { items } = await app.bus.query(pendingLinks, {}, colleague);
    await app.bus.command(confirmLink, { id: items[0]!.id }, colleague);
    return answer;
  }

  it('tells a stranger how to link, and nothing else', async () => {
    for (const text of ['/start', 'today', '/crm find 98450', 'help'])
      expect(await say(text, ravi)).toContain('is not linked');
    expect(await say('link 000000', ravi)).toContain('This code is wrong or has expired');
  });

  it('links by a code said, and by the link that carries it', async () => {
    expect(await link(asha, caller, (code) => `link ${code}`)).toContain(
      'confirm that this chat account is yours',
    );
    await link(ravi, second, (code) => `/start ${code}`);
    await link(meera, manager, (code) => `/crm link ${code}`);
    expect(await say('/today')).not.toContain('is not linked');
  });

  it('shows today’s list, opens a lead from it and logs a call, the card being brought up to date [M6] [M31] [B1]', async () => {
    const one = await lead();
    const two = await lead();
    const list = await say('find Customer');
    expect(list).toContain(`#${one.number} ${one.name}`);
    expect(list).toContain(`#${two.number} ${two.name}`);
    const label = labels().find((text) => text.startsWith(`#${one.number} `))!;
    expect(await press(label)).toContain(one.name);
    expect(labels()).toEqual(expect.arrayContaining(['Answered', 'RNR', 'CALL BACK', 'NUMBER BUSY']));
    const card = emulator.telegramStaff.seen(asha).at(-1)!;
    await press('RNR');
    expect((await read(one.id)).lastCallOutcome).toBe('rnr');
    expect(emulator.telegramStaff.seen(asha).find(({ id }) => id === card.id)).toMatchObject({
      edited: true,
      text: expect.stringContaining('RNR logged'),
    });
    expect(emulator.telegramStaff.answered().length).toBeGreaterThanOrEqual(2);
  });

  it('asks CALL BACK when, in words, understands the answer and books it [M31] [M44]', async () => {
    const { number, id } = await lead();
    await say(`#${number}`);
    expect(await press('CALL BACK')).toContain('Call again at?');
    expect(await say('yesterday 5pm')).toContain('is over');
    expect(await say('whenever')).toContain('no time that I understand');
    await say('today 3:30pm');
    if (labels().includes('Save now')) await press('Save now');
    else if (labels().includes('Without')) await press('Without');
    expect(await read(id)).toMatchObject({
      lastCallOutcome: 'callback',
      followUpAt: '2026-03-11T10:00:00.000Z',
    });
  });

  it('asks for the hour of a day, proposes one, and takes it by a press', async () => {
    const { number, id } = await lead();
    await say(`follow #${number} tomorrow`);
    const proposal = labels().find((text) => text.includes('Thu, 12 Mar 2026'));
    expect(proposal).toContain('9:30 AM');
    await press(proposal!);
    for (const out of ['Save now', 'Without']) if (labels().includes(out)) await press(out);
    expect(await read(id)).toMatchObject({ followUpAt: '2026-03-12T04:00:00.000Z' });
  });

  it('explains a time outside business hours and lets it be put right', async () => {
    const { number, id } = await lead();
    expect(await say(`demo #${number} Sunday 4pm`)).toContain('outside business hours');
    await say('Friday 4pm');
    for (const out of ['Save now', 'Without']) if (labels().includes(out)) await press(out);
    expect(await read(id)).toMatchObject({ demoAt: '2026-03-13T10:30:00.000Z' });
  });

  it('lets a question go: cancelled, or by another command', async () => {
    const { number, id } = await lead();
    await say(`follow #${number} tomorrow`);
    expect(await press('Cancel')).toContain('Left as it was');
    await say(`follow #${number} tomorrow`);
    expect(await say(`#${number}`)).toContain('Customer');
    expect(await say('Friday 5pm')).toContain('I do not know “Friday”');
    expect((await read(id)).followUpAt).not.toBe('2026-03-13T11:30:00.000Z');
  });

  it('does not do again what a colleague corrects in a message already sent', async () => {
    const { number, contactId } = await lead();
    await say(`note #${number} asked twice`);
    await shown(asha, () => emulator.telegramStaff.edit(asha, `note #${number} asked twice!`));
    const { items } = await app.bus.query(contactTimeline, { contactId }, caller);
    expect(items.filter(({ text }) => text?.startsWith('asked twice'))).toHaveLength(1);
  });

  it('keeps a tele-caller from another’s leads, in the words of everywhere else [M61]', async () => {
    const { number, name, id } = await lead(second);
    expect(await say(`status #${number} won`)).toContain(`No lead #${number} that you may see`);
    expect(await say(`find ${name}`)).not.toContain(`#${number}`);
    expect(await say(`find ${name}`, ravi)).toContain(`#${number}`);
    expect(await say(`assign #${number} @asha`)).toContain('I do not know “assign”');
    await say(`assign #${number} @asha`, meera);
    expect(await read(id, manager)).toMatchObject({ assigneeId: caller.id });
  });

  it('tells a colleague of a new lead, with what to press [M40]', async () => {
    await app.say('I am Kiran Rao, 98450 77777, I want RSoft CRM');
    const notice = [asha, ravi]
      .flatMap((who) => emulator.telegramStaff.seen(who))
      .find(({ text }) => text.includes('Kiran'));
    expect(notice!.buttons.flat().map(({ text }) => text)).toContain('RNR');
  });

  it('sends a manager the report with its picture and file [M6] [M140] [B5]', async () => {
    expect(await say('report daily data', meera)).toContain('Daily Data Report\nWed, 11 Mar 2026');
    const files = emulator.telegramStaff.seen(meera).flatMap(({ file }) => (file ? [file] : []));
    expect(files.map(({ filename }) => filename.split('.').at(-1))).toEqual(
      expect.arrayContaining(['png', 'pdf']),
    );
    expect(
      files
        .find(({ filename }) => filename.endsWith('.pdf'))!
        .body.subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('offers help made from the catalogue, and the nearest verb', async () => {
    expect(await say('/help')).toContain('call <#id> rnr|callback|busy|answered');
    expect(await say('statsu #1 won')).toContain('Did you mean “status”?');
    expect(await press('status')).toContain('Example: /crm status');
  });

  it('stops when the colleague is deactivated', async () => {
    await app.bus.command(updateUser, { id: second.id, active: false }, asSystem);
    expect(await say('today', ravi)).toContain('is not linked');
  });
});
