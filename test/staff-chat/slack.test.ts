/** Colleagues at work in Slack: what they type and press in the played workspace, what the CRM holds afterwards. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import type { Caller } from '../../src/core/bus.ts';
import { contactTimeline } from '../../src/domain/contacts/contract.ts';
import { createLead, getLead, type LeadView } from '../../src/domain/leads/contract.ts';
import { confirmLink, pendingLinks, startLink, updateUser } from '../../src/domain/staff/contract.ts';
import { asSystem, type TestApp, testApp } from '../support/app.ts';

jest.setTimeout(60_000);

const asha = 'U0CALLER';
const ravi = 'U0SECOND';
const meera = 'U0MANAGER';

describe('the CRM from Slack', () => {
  let app: TestApp;
  let emulator: Emulator;
  let caller: Caller & { id: string };
  let second: Caller & { id: string };
  let manager: Caller & { id: string };

  beforeAll(async () => {
    // One clock for both sides, a Wednesday, 10:30 in Kolkata.
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    const { botToken, signingSecret } = emulator.accounts.slack;
    app = await testApp({
      change: (config) => {
        config.accounts.push({
          id: 'main',
          channel: 'slack',
          missing: [],
          settings: {
            apiUrl: `${emulator.url}/api/`,
            botToken,
            signingSecrets: [signingSecret],
            appToken: '',
          },
        });
      },
    });
    emulator.setTarget({ baseUrl: (await app.start())! });
    manager = await app.user('Meera', 'manager');
    caller = await app.user('Asha', 'tele-caller', { managerId: manager.id });
    second = await app.user('Ravi', 'tele-caller', { managerId: manager.id });
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator.close();
  });

  /** What Slack shows this person now that was not there before `act`. */
  async function shown(user: string, act: () => Promise<unknown>): Promise<string> {
    const before = new Map(emulator.slack.seen(user).map(({ ts, text }) => [ts, text]));
    await act();
    await app.idle();
    return emulator.slack
      .seen(user)
      .filter(({ ts, text }) => before.get(ts) !== text)
      .map(({ text }) => text)
      .join('\n---\n');
  }
  const crm = (text: string, user = asha) => shown(user, () => emulator.slack.slash(user, text));
  const press = (label: string, user = asha) => shown(user, () => emulator.slack.press(user, label));
  const submit = (values: Record<string, string>, user = asha) =>
    shown(user, () => emulator.slack.submit(user, values));

  async function link(user: string, who: Caller): Promise<void> {
    const { code } = await app.bus.command(startLink, {}, who);
    await crm(`link ${code}`, user);
    const { items } = await app.bus.query(pendingLinks, {}, who);
    await app.bus.command(confirmLink, { id: items[0]!.id }, who);
  }
  let count = 0;
  async function lead(of: Caller = caller, more: object = {}): Promise<LeadView> {
    count++;
    const made = await app.bus.command(
      createLead,
      { name: `Customer ${count}`, phone: `98450 ${String(12340 + count)}`, product: 'RSoft CRM', ...more },
      of,
    );
    await app.idle();
    return made.lead!;
  }
  const read = (leadId: string, who: Caller = caller) => app.bus.query(getLead, { leadId }, who);

  it('tells a stranger how to link, and nothing else', async () => {
    for (const text of ['today', 'find 98450', 'help', 'status #1 won'])
      expect(await crm(text, ravi)).toContain('is not linked');
    expect(await crm('link 000000', ravi)).toContain('This code is wrong or has expired');
  });

  it('links an account by a code from the console, confirmed there', async () => {
    const { code } = await app.bus.command(startLink, {}, caller);
    expect(await crm(`link ${code}`)).toContain('confirm that this chat account is yours');
    expect(await crm('today')).toContain('is not linked');
    const { items } = await app.bus.query(pendingLinks, {}, caller);
    await app.bus.command(confirmLink, { id: items[0]!.id }, caller);
    expect(await crm('today')).not.toContain('is not linked');
    await link(ravi, second);
    await link(meera, manager);
  });

  it('shows today’s list with what to press [M6] [B1]', async () => {
    const { number, name } = await lead();
    expect(await crm('today')).toContain(`#${number} ${name}`);
    const answer = emulator.slack.seen(asha).at(-1)!;
    expect(answer.ephemeral).toBe(true);
    expect(answer.buttons.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Answered', 'RNR', 'CALL BACK', 'NUMBER BUSY']),
    );
  });

  it('logs a call by one press and updates the card in place [M31]', async () => {
    const { number, id } = await lead();
    await crm(`#${number}`);
    const { ts } = emulator.slack.seen(asha).at(-1)!;
    await press('RNR');
    expect((await read(id)).lastCallOutcome).toBe('rnr');
    expect(emulator.slack.seen(asha).find((message) => message.ts === ts)).toMatchObject({
      edited: true,
      text: expect.stringContaining('RNR'),
    });
  });

  it('brings a list up to date when one of its buttons was pressed', async () => {
    const { number } = await lead();
    await lead();
    await crm('find Customer');
    const list = emulator.slack.seen(asha).at(-1)!;
    expect(list.text).toContain(`#${number} `);
    const answer = await press('NUMBER BUSY');
    const now = emulator.slack.seen(asha).find(({ ts }) => ts === list.ts)!;
    expect(now.edited).toBe(true);
    expect(now.text.split('NUMBER BUSY').length).toBe(list.text.split('NUMBER BUSY').length + 1);
    expect(answer).toContain('NUMBER BUSY logged');
  });

  it('moves a lead by its stage’s name as written [M14]', async () => {
    const { number, id } = await lead();
    expect(await crm(`status #${number} FOLLOW-UP spoke to the owner`)).toContain('FOLLOW-UP');
    expect(await read(id)).toMatchObject({ stage: 'follow-up' });
  });

  it('says a follow-up’s time back in local time [M44]', async () => {
    const { number, id } = await lead();
    expect(await crm(`follow #${number} tomorrow 5pm send the brochure first`)).toContain(
      'Thu, 12 Mar 2026, 5:00 PM (Asia/Kolkata)',
    );
    expect(await read(id)).toMatchObject({ followUpAt: '2026-03-12T11:30:00.000Z' });
  });

  it('opens a modal prefilled with the day when the time is missing', async () => {
    const { number, id } = await lead();
    expect(await crm(`follow #${number} tomorrow`)).toBe('');
    const { view } = emulator.slack.modal(asha)!;
    const when = view.blocks.find((block: any) => block.element?.type === 'datetimepicker');
    expect(new Date(when.element.initial_date_time * 1000)).toEqual(new Date('2026-03-12T04:00:00Z'));
    await submit({ [when.block_id]: '2026-03-12T06:30:00Z' });
    expect(await read(id)).toMatchObject({ followUpAt: '2026-03-12T06:30:00.000Z' });
  });

  it('asks CALL BACK when, in a modal, and books it', async () => {
    const { number, id } = await lead();
    await crm(`#${number}`);
    await press('CALL BACK');
    const { view } = emulator.slack.modal(asha)!;
    const when = view.blocks.find((block: any) => block.element?.type === 'datetimepicker');
    await submit({ [when.block_id]: '2026-03-11T10:00:00Z' });
    expect(await read(id)).toMatchObject({
      lastCallOutcome: 'callback',
      followUpAt: '2026-03-11T10:00:00.000Z',
    });
  });

  it('books a demo [M86]', async () => {
    const { number, id } = await lead();
    expect(await crm(`demo #${number} tomorrow 4pm`)).toContain('Thu, 12 Mar 2026, 4:00 PM');
    expect(await read(id)).toMatchObject({ demoAt: '2026-03-12T10:30:00.000Z' });
  });

  it('explains a time outside business hours and lets it be put right', async () => {
    const { number, id } = await lead();
    await crm(`demo #${number} Sunday 4pm`);
    const { view } = emulator.slack.modal(asha)!;
    expect(view.blocks[0].text.text).toContain('outside business hours');
    const when = view.blocks.find((block: any) => block.element?.type === 'datetimepicker');
    await submit({ [when.block_id]: '2026-03-13T10:30:00Z' });
    expect(await read(id)).toMatchObject({ demoAt: '2026-03-13T10:30:00.000Z' });
  });

  it('keeps a tele-caller from another’s leads, in the words of everywhere else [M61]', async () => {
    const { number, name } = await lead(second);
    for (const line of [`#${number}`, `status #${number} won`, `note #${number} hello`]) {
      const answer = await crm(line);
      expect(answer).not.toContain(name);
    }
    expect(await crm(`status #${number} won`)).toContain(`No lead #${number} that you may see`);
    expect(await crm(`find ${name}`)).not.toContain(`#${number}`);
    expect(await crm(`find ${name}`, ravi)).toContain(`#${number}`);
  });

  it('assigns by name and by mention; a tele-caller is not even offered it [M61]', async () => {
    const { number, id } = await lead();
    expect(await crm(`assign #${number} @ravi`)).toContain('I do not know “assign”');
    await crm(`assign #${number} @ravi`, meera);
    expect(await read(id, manager)).toMatchObject({ assigneeId: second.id });
    await crm(`assign #${number} <@${asha}|asha>`, meera);
    expect(await read(id, manager)).toMatchObject({ assigneeId: caller.id });
  });

  it('undoes the last change', async () => {
    const { number, id } = await lead();
    await crm(`status #${number} follow-up`);
    await crm('undo');
    expect(await read(id)).toMatchObject({ stage: 'not-attempted' });
  });

  it('adds a note by command and by message shortcut', async () => {
    const { number } = await lead();
    expect(await crm(`note #${number} prefers Hindi`)).toContain(`#${number}`);
    await emulator.slack.shortcut(asha, 'note', emulator.slack.seen(asha).at(-1)!.ts);
    await app.idle();
    expect(emulator.slack.modal(asha)!.view.blocks.map((block: any) => block.label?.text)).toEqual(
      expect.arrayContaining(['Lead', 'Note']),
    );
    expect(await submit({ leadId: `#${number}`, note: 'from a message' })).toContain(`#${number}`);
  });

  it('shows today’s list on Home and keeps it fresh', async () => {
    const { number } = await lead();
    await emulator.slack.openHome(asha);
    await app.idle();
    expect(emulator.slack.home(asha)!.text).toContain(`#${number}`);
    expect(emulator.slack.home(asha)!.buttons.map(({ text }) => text)).toContain('RNR');
  });

  it('offers help made from the catalogue, limited to what one may do', async () => {
    const help = await crm('help');
    expect(help).toContain('call <#id> rnr|callback|busy|answered');
    expect(help).not.toContain('assign <#id>');
    expect(await crm('help', meera)).toContain('assign <#id> @user');
    expect(await crm('help call')).toContain('Example: /crm call #12');
  });

  it('proposes the nearest verb', async () => {
    expect(await crm('statsu #1 won')).toContain('Did you mean “status”?');
    expect(await press('status')).toContain('Example: /crm status');
  });

  it('runs a command once, though Slack delivers it twice [B2]', async () => {
    const { number, contactId } = await lead();
    emulator.fail('slack', 'duplicate');
    const answers = (await crm(`note #${number} said once`)).split('\n---\n');
    expect(answers).toHaveLength(1);
    const { items } = await app.bus.query(contactTimeline, { contactId }, caller);
    expect(items.filter(({ text }) => text === 'said once')).toHaveLength(1);
  });

  it('asks which time was meant, and says both [M6]', async () => {
    const { number, id } = await lead();
    await crm(`follow #${number} tomorrow 5 or 6pm`);
    const { view } = emulator.slack.modal(asha)!;
    expect(view.blocks[0].text.text).toMatch(/5:00 PM.* or .*6:00 PM/);
    await submit({ at: '2026-03-12T12:30:00Z' });
    expect(await read(id)).toMatchObject({ followUpAt: '2026-03-12T12:30:00.000Z' });
  });

  it('never moves a past time into the future: it asks', async () => {
    const { number, id } = await lead();
    await crm(`follow #${number} yesterday 5pm`);
    expect(emulator.slack.modal(asha)!.view.blocks[0].text.text).toContain('has passed');
    expect((await read(id)).followUpAt).toBeUndefined();
  });

  it('asks why a lead was lost, and closes it with the reason [M14]', async () => {
    const { number, id } = await lead();
    await crm(`status #${number} CLOSE TO LOOSE`);
    const { view } = emulator.slack.modal(asha)!;
    expect(view.blocks[0].text.text).toContain('Say why the lead was lost');
    const reasons = view.blocks.find((block: any) => block.block_id === 'lostReason').element.options;
    await submit({ lostReason: reasons[0].value });
    expect(await read(id)).toMatchObject({ stage: 'lost', lostReason: reasons[0].value });
  });

  it('hands a lead over to the manager, who is told and sees it', async () => {
    const { number, id } = await lead();
    const told = await shown(meera, () => crm(`handoff #${number} wants a special price`));
    expect(told).toContain(`#${number}`);
    expect(await read(id, manager)).toMatchObject({ assigneeId: manager.id });
    expect(await crm(`#${number}`)).not.toContain('98450');
  });

  it('says what to do next', async () => {
    expect(await crm('next')).toMatch(/#\d+ Customer/);
  });

  it('answers in words where no modal can be opened', async () => {
    const { number } = await lead();
    const say = (text: string) => shown(asha, () => emulator.slack.say(asha, text));
    expect(await say(`follow #${number} tomorrow`)).toContain(
      'When? “tomorrow” could be any time of that day.',
    );
    expect(await say(`demo #${number}`)).toContain('Try: /crm demo #12 tomorrow 4pm');
    expect(await say(`demo #${number} Sunday 4pm`)).toContain('outside business hours');
    expect(await say(`note #${number} by message`)).toContain('Noted');
  });

  it('keeps Home fresh after a press there, and answers in a message', async () => {
    await lead();
    await emulator.slack.openHome(asha);
    await app.idle();
    const before = emulator.slack.home(asha)!.text;
    const answer = await shown(asha, () => emulator.slack.pressHome(asha, 'RNR'));
    expect(answer).toContain('RNR logged');
    expect(emulator.slack.home(asha)!.text).not.toBe(before);
  });

  it('does not follow a button that was made up', async () => {
    const { id } = await lead(second);
    await lead();
    await crm('today');
    const forged = (value: string) => ({
      id: `forged-${value.length}`,
      channel: 'slack',
      account: 'main',
      audience: 'staff' as const,
      thread: `T0EMULATOR:${asha}`,
      from: [],
      at: app.clock.now(),
      body: { kind: 'press' as const, value, label: 'x' },
    });
    const press = (command: string, input: object) =>
      shown(asha, () => app.accept([forged(JSON.stringify({ command, input }))]));
    expect(
      await press('user.create', { email: 'x@example.com', name: 'X', role: 'administrator' }),
    ).toContain('You may not');
    expect(
      await press('link.claim', { code: 'x', channel: 'slack', account: 'main', thread: 'T:U' }),
    ).toContain('You may not');
    expect(await press('call.log', { leadId: id, outcome: 'rnr' })).toContain('that you may see');
    expect((await read(id, second)).lastCallOutcome).toBeUndefined();
  });

  it('stops when the colleague is deactivated', async () => {
    await app.bus.command(updateUser, { id: second.id, active: false }, asSystem);
    expect(await crm('today', ravi)).toContain('is not linked');
  });
});
