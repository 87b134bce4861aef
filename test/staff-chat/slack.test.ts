/** Colleagues at work in Slack: what they type and press in the played workspace, what the CRM holds afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { contactTimeline } from '../../src/domain/contacts/contract.ts';
import { createEntry } from '../../src/domain/knowledge/contract.ts';
import { confirmLink, pendingLinks, startLink, updateUser } from '../../src/domain/staff/contract.ts';
import { asSystem } from '../support/app.ts';
import { asha, meera, type Office, openOffice, ravi } from './office.ts';

describe('the CRM from Slack', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office?.close());
  // Slack takes so many messages at once and then one a second.
  beforeEach(() => office.app.clock.advance(60_000));

  it('tells a stranger how to link, and nothing else', async () => {
    for (const text of ['today', 'find 98450', 'help', 'status #1 won'])
      expect(await office.crm(text, ravi)).toContain('is not linked');
    expect(await office.crm('link 000000', ravi)).toContain('This code is wrong or has expired');
  });

  it('tells a stranger the same on Home, and hears no code said in a channel', async () => {
    await office.emulator.slack.openHome(ravi);
    await office.app.idle();
    expect(office.emulator.slack.home(ravi)!.text).toContain('is not linked');
    const { code } = await office.app.bus.command(startLink, {}, office.second);
    expect(
      await office.shown(ravi, () => office.emulator.slack.mention(ravi, 'C0SALES', `link ${code}`)),
    ).toContain('in private');
    expect((await office.app.bus.query(pendingLinks, {}, office.second)).items).toEqual([]);
  });

  it('links an account by a code from the console, confirmed there', async () => {
    const { code } = await office.app.bus.command(startLink, {}, office.caller);
    expect(await office.crm(`link ${code}`)).toContain('confirm that this chat account is yours');
    expect(await office.crm('today')).toContain('is not linked');
    const { items } = await office.app.bus.query(pendingLinks, {}, office.caller);
    await office.app.bus.command(confirmLink, { id: items[0]!.id }, office.caller);
    expect(await office.crm('today')).not.toContain('is not linked');
    await office.link(ravi, office.second);
    await office.link(meera, office.manager);
  });

  it('shows today’s list with what to press [M6] [B1]', async () => {
    const { number, name } = await office.lead();
    expect(await office.crm('today')).toContain(`#${number} ${name}`);
    const answer = office.emulator.slack.seen(asha).at(-1)!;
    expect(answer.ephemeral).toBe(true);
    expect(answer.buttons.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Answered', 'RNR', 'CALL BACK', 'NUMBER BUSY']),
    );
  });

  it('logs a call by one press and updates the card in place [M31]', async () => {
    const { number, id } = await office.lead();
    await office.crm(`#${number}`);
    const { ts } = office.emulator.slack.seen(asha).at(-1)!;
    await office.press('RNR');
    expect((await office.read(id)).lastCallOutcome).toBe('rnr');
    expect(office.emulator.slack.seen(asha).find((message) => message.ts === ts)).toMatchObject({
      edited: true,
      text: expect.stringContaining('RNR'),
    });
  });

  it('says below a shared link what it leads to: all of it to its sharer, in a channel nothing of the customer', async () => {
    const { id, number, name } = await office.lead();
    const { slack } = office.emulator;
    const share = async (path: string, channel?: string, user = asha) => {
      const url = `https://crm.example.com${path}`;
      expect(await office.shown(user, () => slack.share(user, url, channel))).toBe('');
      return slack.unfurled(url);
    };
    const inChannel = await share(`/leads/${id}?from=channel`, 'C0SALES');
    expect(inChannel).toContain(`Lead #${number}`);
    expect(inChannel).toContain('Asha');
    expect(inChannel).not.toContain(name);
    expect(await share(`/leads/${id}`)).toContain(name);
    // Not theirs, not there, no record: nothing is shown, and nothing is said.
    expect(await share(`/leads/${id}?from=ravi`, 'C0SALES', ravi)).toBeUndefined();
    expect(await share('/leads/01J0000000000000000000')).toBeUndefined();
    expect(await share('/settings/roles')).toBeUndefined();
  });

  it('brings a list up to date when one of its buttons was pressed', async () => {
    const { number } = await office.lead();
    await office.lead();
    await office.crm('find Customer');
    const list = office.emulator.slack.seen(asha).at(-1)!;
    expect(list.text).toContain(`#${number} `);
    const answer = await office.press('NUMBER BUSY');
    const now = office.emulator.slack.seen(asha).find(({ ts }) => ts === list.ts)!;
    expect(now.edited).toBe(true);
    expect(now.text.split('NUMBER BUSY').length).toBe(list.text.split('NUMBER BUSY').length + 1);
    expect(answer).toContain('NUMBER BUSY logged');
  });

  it('brings the list up to date after a modal that it opened, too', async () => {
    await office.lead();
    await office.crm('find Customer');
    const { ts } = office.emulator.slack.seen(asha).at(-1)!;
    await office.press('CALL BACK');
    const { view } = office.emulator.slack.modal(asha)!;
    const when = view.blocks.find((block: any) => block.element?.type === 'datetimepicker');
    const answer = await office.submit({ [when.block_id]: '2026-03-11T11:15:00Z' });
    expect(answer).toContain('CALL BACK logged');
    const list = office.emulator.slack.seen(asha).find((message) => message.ts === ts)!;
    expect(list.text).toContain('4:45 PM');
  });

  it('moves a lead by its stage’s name as written [M14]', async () => {
    const { number, id } = await office.lead();
    expect(await office.crm(`status #${number} FOLLOW-UP spoke to the owner`)).toContain('FOLLOW-UP');
    expect(await office.read(id)).toMatchObject({ stage: 'follow-up' });
  });

  it('says a follow-up’s time back in local time [M44]', async () => {
    const { number, id } = await office.lead();
    expect(await office.crm(`follow #${number} tomorrow 5pm send the brochure first`)).toContain(
      'Thu, 12 Mar 2026, 5:00 PM (Asia/Kolkata)',
    );
    expect(await office.read(id)).toMatchObject({ followUpAt: '2026-03-12T11:30:00.000Z' });
  });

  it('opens a modal prefilled with the day when the time is missing', async () => {
    const { number, id } = await office.lead();
    expect(await office.crm(`follow #${number} tomorrow`)).toBe('');
    const { view } = office.emulator.slack.modal(asha)!;
    const when = view.blocks.find((block: any) => block.element?.type === 'datetimepicker');
    expect(new Date(when.element.initial_date_time * 1000)).toEqual(new Date('2026-03-12T04:00:00Z'));
    await office.submit({ [when.block_id]: '2026-03-12T06:30:00Z' });
    expect(await office.read(id)).toMatchObject({ followUpAt: '2026-03-12T06:30:00.000Z' });
  });

  it('asks CALL BACK when, in a modal, and books it', async () => {
    const { number, id } = await office.lead();
    await office.crm(`#${number}`);
    await office.press('CALL BACK');
    const { view } = office.emulator.slack.modal(asha)!;
    const when = view.blocks.find((block: any) => block.element?.type === 'datetimepicker');
    await office.submit({ [when.block_id]: '2026-03-11T10:00:00Z' });
    expect(await office.read(id)).toMatchObject({
      lastCallOutcome: 'callback',
      followUpAt: '2026-03-11T10:00:00.000Z',
    });
  });

  it('lists leads by a named filter, and says which there are [M6] [M55]', async () => {
    const { number } = await office.lead();
    expect(await office.crm('leads not attempted')).toContain(`#${number}`);
    expect(await office.crm('leads')).toContain('Missed Follow Up: 0');
  });

  it('books a demo [M86]', async () => {
    const { number, id } = await office.lead();
    expect(await office.crm(`demo #${number} tomorrow 4pm`)).toContain('Thu, 12 Mar 2026, 4:00 PM');
    expect(await office.read(id)).toMatchObject({ demoAt: '2026-03-12T10:30:00.000Z' });
    expect(await office.crm(`invite #${number} @ravi`)).toContain('Ravi takes part.');
    expect(await office.crm(`invite #${number} without @ravi`)).toContain(
      'Ravi does not take part any more.',
    );
    await office.press('Invite a colleague');
    const { view } = office.emulator.slack.modal(asha)!;
    const who = view.blocks.find((block: any) => block.element?.options);
    expect(who.element.options.map(({ text }: any) => text.text)).toEqual(['Meera', 'Ravi']);
  });

  it('explains a time outside business hours and lets it be put right', async () => {
    const { number, id } = await office.lead();
    await office.crm(`demo #${number} Sunday 4pm`);
    const { view } = office.emulator.slack.modal(asha)!;
    expect(view.blocks[0].text.text).toContain('outside business hours');
    const when = view.blocks.find((block: any) => block.element?.type === 'datetimepicker');
    await office.submit({ [when.block_id]: '2026-03-13T10:30:00Z' });
    expect(await office.read(id)).toMatchObject({ demoAt: '2026-03-13T10:30:00.000Z' });
  });

  it('keeps a tele-caller from another’s leads, in the words of everywhere else [M61]', async () => {
    const { number, name } = await office.lead(office.second);
    for (const line of [`#${number}`, `status #${number} won`, `note #${number} hello`]) {
      const answer = await office.crm(line);
      expect(answer).not.toContain(name);
    }
    expect(await office.crm(`status #${number} won`)).toContain(`No lead #${number} that you may see`);
    expect(await office.crm(`find ${name}`)).not.toContain(`#${number}`);
    expect(await office.crm(`find ${name}`, ravi)).toContain(`#${number}`);
  });

  it('assigns by name and by mention; a tele-caller is not even offered it [M61]', async () => {
    const { number, id } = await office.lead();
    expect(await office.crm(`assign #${number} @ravi`)).toContain('I do not know “assign”');
    await office.crm(`assign #${number} @ravi`, meera);
    expect(await office.read(id, office.manager)).toMatchObject({ assigneeId: office.second.id });
    await office.crm(`assign #${number} <@${asha}|asha>`, meera);
    expect(await office.read(id, office.manager)).toMatchObject({ assigneeId: office.caller.id });
  });

  it('undoes the last change', async () => {
    const { number, id } = await office.lead();
    await office.crm(`status #${number} follow-up`);
    await office.crm('undo');
    expect(await office.read(id)).toMatchObject({ stage: 'not-attempted' });
  });

  it('adds a note by command and by message shortcut', async () => {
    const { number } = await office.lead();
    expect(await office.crm(`note #${number} prefers Hindi`)).toContain(`#${number}`);
    await office.emulator.slack.shortcut(asha, 'note', office.emulator.slack.seen(asha).at(-1)!.ts);
    await office.app.idle();
    expect(office.emulator.slack.modal(asha)!.view.blocks.map((block: any) => block.label?.text)).toEqual(
      expect.arrayContaining(['Lead', 'Note']),
    );
    expect(await office.submit({ leadId: `#${number}`, note: 'from a message' })).toContain(`#${number}`);
  });

  it('shows today’s list on Home and keeps it fresh', async () => {
    const { number } = await office.lead();
    await office.emulator.slack.openHome(asha);
    await office.app.idle();
    expect(office.emulator.slack.home(asha)!.text).toContain(`#${number}`);
    expect(office.emulator.slack.home(asha)!.buttons.map(({ text }) => text)).toContain('RNR');
  });

  it('finds what the knowledge base says [M126] [B1]', async () => {
    const entry = {
      title: 'Do we get our money back?',
      text: 'Within **30 days**.',
      state: 'published' as const,
    };
    await office.app.bus.command(createEntry, entry, office.manager);
    const answer = await office.crm('kb refund policy');
    expect(answer).toContain('Do we get our money back?');
    expect(answer).toContain('Within 30 days.');
    expect(await office.crm('kb elephants')).toContain('Nothing is written about that yet.');
  });

  it('offers help made from the catalogue, limited to what one may do', async () => {
    const help = await office.crm('help');
    expect(help).toContain('call <#id> rnr|callback|busy|answered');
    expect(help).not.toContain('assign <#id>');
    expect(await office.crm('help', meera)).toContain('assign <#id> @user');
    expect(await office.crm('help call')).toContain('Example: /crm call #12');
  });

  it('proposes the nearest verb', async () => {
    expect(await office.crm('statsu #1 won')).toContain('Did you mean “status”?');
    expect(await office.press('status')).toContain('Example: /crm status');
  });

  it('runs a command once, though Slack delivers it twice [B2]', async () => {
    const { number, contactId } = await office.lead();
    office.emulator.fail('slack', 'duplicate');
    const answers = (await office.crm(`note #${number} said once`)).split('\n---\n');
    expect(answers).toHaveLength(1);
    const { items } = await office.app.bus.query(contactTimeline, { contactId }, office.caller);
    expect(items.filter(({ text }) => text === 'said once')).toHaveLength(1);
  });

  it('stops when the colleague is deactivated', async () => {
    await office.app.bus.command(updateUser, { id: office.second.id, active: false }, asSystem);
    expect(await office.crm('today', ravi)).toContain('is not linked');
  });
});
