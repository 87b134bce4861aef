/** What is unclear, refused or forged, in Slack. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asha, meera, type Office, openOffice, ravi } from './office.ts';

describe('questions and refusals in Slack', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
    await office.link(asha, office.caller);
    await office.link(ravi, office.second);
    await office.link(meera, office.manager);
  });
  afterAll(() => office?.close());
  // Slack takes so many messages at once and then one a second.
  beforeEach(() => office.app.clock.advance(60_000));

  it('asks which time was meant, and says both [M6]', async () => {
    const { number, id } = await office.lead();
    await office.crm(`follow #${number} tomorrow 5 or 6pm`);
    const { view } = office.emulator.slack.modal(asha)!;
    expect(view.blocks[0].text.text).toMatch(/5:00 PM.* or .*6:00 PM/);
    await office.submit({ at: '2026-03-12T12:30:00Z' });
    expect(await office.read(id)).toMatchObject({ followUpAt: '2026-03-12T12:30:00.000Z' });
  });

  it('never moves a past time into the future: it asks', async () => {
    const { number, id } = await office.lead();
    await office.crm(`follow #${number} yesterday 5pm`);
    expect(office.emulator.slack.modal(asha)!.view.blocks[0].text.text).toContain('has passed');
    expect((await office.read(id)).followUpAt).toBeUndefined();
  });

  it('asks why a lead was lost, and closes it with the reason [M14]', async () => {
    const { number, id } = await office.lead();
    await office.crm(`status #${number} CLOSE TO LOOSE`);
    const { view } = office.emulator.slack.modal(asha)!;
    expect(view.blocks[0].text.text).toContain('Say why the lead was lost');
    const reasons = view.blocks.find((block: any) => block.block_id === 'lostReason').element.options;
    await office.submit({ lostReason: reasons[0].value });
    expect(await office.read(id)).toMatchObject({ stage: 'lost', lostReason: reasons[0].value });
  });

  it('hands a lead over to the manager, who is told and sees it', async () => {
    const { number, id } = await office.lead();
    const told = await office.shown(meera, () => office.crm(`handoff #${number} wants a special price`));
    expect(told).toContain(`#${number}`);
    expect(await office.read(id, office.manager)).toMatchObject({ assigneeId: office.manager.id });
    expect(await office.crm(`#${number}`)).not.toContain('98450');
  });

  it('names the field and the limit in plain words', async () => {
    const { number } = await office.lead();
    await office.crm(`note #${number} ${'x'.repeat(4001)}`);
    expect(office.emulator.slack.modal(asha)!.view.blocks[0].text.text).toBe('Note: at most 4000 characters');
    await office.crm(`call #${number} CALL BACK`);
    expect(office.emulator.slack.modal(asha)!.view.blocks[0].text.text).toMatch(
      /^[A-Z][a-z ]+: CALL BACK needs a time/,
    );
  });

  it('says what to do next', async () => {
    expect(await office.crm('next')).toMatch(/#\d+ Customer/);
  });

  it('answers in words where no modal can be opened', async () => {
    const { number } = await office.lead();
    const say = (text: string) => office.shown(asha, () => office.emulator.slack.say(asha, text));
    expect(await say(`follow #${number} tomorrow`)).toContain(
      'When? “tomorrow” could be any time of that day.',
    );
    expect(await say(`demo #${number}`)).toContain('Try: /crm demo #12 tomorrow 4pm');
    expect(await say(`demo #${number} Sunday 4pm`)).toContain('outside business hours');
    expect(await say(`note #${number} by message`)).toContain('Noted');
  });

  it('keeps Home fresh after a press there, and answers in a message', async () => {
    await office.lead();
    await office.emulator.slack.openHome(asha);
    await office.app.idle();
    const before = office.emulator.slack.home(asha)!.text;
    const answer = await office.shown(asha, () => office.emulator.slack.pressHome(asha, 'RNR'));
    expect(answer).toContain('RNR logged');
    expect(office.emulator.slack.home(asha)!.text).not.toBe(before);
  });

  it('does not follow a button that was made up', async () => {
    const { id } = await office.lead(office.second);
    await office.lead();
    await office.crm('today');
    const forged = (value: string) => ({
      id: `forged-${value.length}`,
      channel: 'slack',
      account: 'main',
      audience: 'staff' as const,
      thread: `T0EMULATOR:${asha}`,
      from: [],
      at: office.app.clock.now(),
      body: { kind: 'press' as const, value, label: 'x' },
    });
    const forge = (command: string, input: object) =>
      office.shown(asha, () => office.app.accept([forged(JSON.stringify({ command, input }))]));
    expect(
      await forge('user.create', { email: 'x@example.com', name: 'X', role: 'administrator' }),
    ).toContain('You may not');
    expect(
      await forge('link.claim', { code: 'x', channel: 'slack', account: 'main', thread: 'T:U' }),
    ).toContain('You may not');
    expect(await forge('call.log', { leadId: id, outcome: 'rnr' })).toContain(
      'This lead is not, or no longer, one that you may see',
    );
    expect((await office.read(id, office.second)).lastCallOutcome).toBeUndefined();
  });
});
