/** What those who look after the conversations can do with flows, in the whole product. */
import type { Caller } from '../../../src/core/bus.ts';
import { handBack } from '../../../src/domain/conversations/contract.ts';
import { ConversationModel } from '../../../src/domain/conversations/model/conversation.ts';
import {
  compareFlows,
  flowFunnel,
  flowVersionList,
  getFlow,
  listFlows,
  previewText,
  publishFlow,
  rollBackFlow,
  saveDraft,
  startFlow,
  tryFlow,
} from '../../../src/domain/flows/contract.ts';
import { moveLead } from '../../../src/domain/leads/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

let app: TestApp;
let manager: Caller;
let caller: Caller;
beforeAll(async () => {
  app = await testApp();
  await app.start();
  manager = await app.user('Meena Manager', 'manager');
  caller = await app.user('Tara Caller', 'tele-caller');
}, 60_000);
afterAll(() => app.dispose());

const from = (thread: string) => ({
  thread,
  channel: 'webchat',
  account: 'elsewhere',
  from: [{ scheme: 'visitor' as const, value: thread }],
});
const texts = (sent: Awaited<ReturnType<TestApp['say']>>) =>
  sent.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : [])).join('\n');
const conversation = async (thread: string) => (await ConversationModel.findOne({ thread }).lean())!;
/** Time goes by; answers what was sent of itself. */
async function pass(minutes: number) {
  const before = app.sent.length;
  app.clock.advance(minutes * 60_000);
  await app.idle();
  return app.sent.slice(before);
}

describe('a flow as people see it', () => {
  it('is listed with the version that is offered', async () => {
    const { items } = await app.bus.query(listFlows, {}, manager);
    expect(items.find(({ name }) => name === 'enquiry')).toMatchObject({
      source: 'files',
      begins: true,
      locales: expect.arrayContaining(['en', 'hi']),
    });
  });

  it('is a graph whose ways lead to its steps, with the wordings of each locale', async () => {
    const { flow, faults } = await app.bus.query(getFlow, { name: 'enquiry' }, manager);
    expect(faults).toEqual([]);
    const ids = new Set(flow.nodes.map(({ id }) => id));
    expect(flow.edges.filter(({ to }) => !ids.has(to))).toEqual([]);
    expect(flow.nodes.find(({ id }) => id === 'name')).toMatchObject({
      kind: 'ask',
      slot: 'name',
      waits: true,
    });
    expect(flow.texts.hi!['name.ask']).toEqual(expect.arrayContaining([expect.stringMatching(/नाम/)]));
  });

  it('is not for tele-callers, in the same words as everywhere', async () => {
    await expect(app.bus.query(listFlows, {}, caller)).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(app.bus.command(saveDraft, { name: 'enquiry', texts: {} }, caller)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });
});

describe('a text with choices', () => {
  const shown = async (labels: string[]) => {
    const { items } = await app.bus.query(previewText, { text: 'Shall I book it?', labels }, manager);
    return Object.fromEntries(items.map((item) => [item.channel, item]));
  };

  it('is shown as each channel would, with what fits there', async () => {
    const { whatsapp, webchat, email, sms, telephony } = await shown(['Yes, book it', 'Another time']);
    expect(whatsapp).toMatchObject({ kind: 'buttons', limits: { buttons: { max: 3, label: 20 } } });
    expect(webchat).toMatchObject({ kind: 'buttons', choices: [{ label: 'Yes, book it' }, {}] });
    expect(email).toMatchObject({
      kind: 'text',
      text: 'Shall I book it?\n\n1. Yes, book it\n2. Another time',
    });
    expect(sms).toMatchObject({ kind: 'text', text: email!.text, segments: 1 });
    expect(telephony).toMatchObject({
      text: 'Shall I book it? For Yes, book it, press 1. For Another time, press 2.',
    });
  });

  it('becomes a list on WhatsApp where a button is too small for its label', async () => {
    const { whatsapp } = await shown(['Yes, please book it now', 'No']);
    expect(whatsapp!.kind).toBe('list');
  });
});

describe('a change of texts', () => {
  const greeting = (words: string) => ({ name: 'enquiry', texts: { en: { welcome: [words] } } });

  it('is tried out before anybody hears it, and nothing of that is kept', async () => {
    const before = await ConversationModel.countDocuments();
    await app.bus.command(saveDraft, greeting('A very good day from {brand}!'), manager);
    const turns = [{ text: 'Hi, I need a CRM' }, { text: 'Priya' }];
    const drafted = await app.bus.query(tryFlow, { name: 'enquiry', draft: true, turns }, manager);
    expect(drafted.lines[1]!.text).toContain('A very good day from RSoft!');
    expect(drafted).toMatchObject({ step: 'phone', vars: { name: 'Priya' } });
    const offered = await app.bus.query(tryFlow, { name: 'enquiry', turns }, manager);
    expect(offered.lines[1]!.text).not.toContain('A very good day');
    expect(await ConversationModel.countDocuments()).toBe(before);
  });

  it('shows what it changes against what is offered', async () => {
    const changes = await app.bus.query(compareFlows, { name: 'enquiry' }, manager);
    expect(changes.texts).toEqual([
      expect.objectContaining({ locale: 'en', key: 'welcome', after: ['A very good day from {brand}!'] }),
    ]);
    expect(changes.steps).toEqual([]);
  });

  it('is heard by new conversations once published, while running ones keep their version', async () => {
    await app.say('Hi', from('running'));
    const { version, from: earlier } = await app.bus.command(
      publishFlow,
      { name: 'enquiry', note: 'kinder' },
      manager,
    );
    expect(version).not.toBe(earlier);
    expect(texts(await app.say('Hi', from('new')))).toContain('A very good day from RSoft!');
    await app.say('I need a CRM', from('running'));
    expect((await conversation('running')).session!.flowVersion).toBe(earlier);
    expect((await conversation('new')).session!.flowVersion).toBe(version);
    const { items } = await app.bus.query(flowVersionList, { name: 'enquiry' }, manager);
    expect(items.find(({ offered }) => offered)).toMatchObject({
      version,
      by: 'Meena Manager',
      note: 'kinder',
    });
  });

  it('is taken back by offering the earlier version again', async () => {
    const { items } = await app.bus.query(flowVersionList, { name: 'enquiry' }, manager);
    const files = items.find(({ source }) => source === 'files')!;
    await app.bus.command(rollBackFlow, { name: 'enquiry', version: files.version }, manager);
    expect(texts(await app.say('Hi', from('after')))).not.toContain('A very good day');
  });

  it('that leaves a text empty in one language or breaks the steps cannot be published', async () => {
    const { faults } = await app.bus.command(
      saveDraft,
      { name: 'enquiry', structure: 'title: Broken\nstart: nowhere\nsteps: [{ id: hello, say: welcome }]\n' },
      manager,
    );
    expect(faults.join()).toContain('there is no step "nowhere"');
    await expect(app.bus.command(publishFlow, { name: 'enquiry' }, manager)).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });

  it('is refused when somebody published something else meanwhile', async () => {
    await expect(
      app.bus.command(publishFlow, { name: 'enquiry', expected: 'another' }, manager),
    ).rejects.toMatchObject({ code: 'record.conflict' });
  });
});

describe('time and people in a running talk', () => {
  it('a silent customer is reminded in the conversation, then released [M34]', async () => {
    await app.say('I need a CRM', from('silent'));
    expect(texts((await pass(11)).filter(({ to }) => to === 'silent'))).toMatch(/name/i);
    expect(texts((await pass(24 * 60)).filter(({ to }) => to === 'silent'))).toMatch(/name|call you/i);
    expect(texts((await pass(48 * 60)).filter(({ to }) => to === 'silent'))).toContain(
      'Write whenever you like',
    );
    expect((await pass(10 * 24 * 60)).filter(({ to }) => to === 'silent')).toEqual([]);
  }, 120_000);

  it('the bot goes on when a colleague hands the conversation back', async () => {
    await app.say('I need a CRM', from('handed'));
    await app.say('can I talk to a person please', from('handed'));
    const { _id: conversationId } = await conversation('handed');
    const before = app.sent.length;
    await app.bus.command(handBack, { conversationId }, asSystem);
    await app.idle();
    expect(texts(app.sent.slice(before))).toMatch(/name|call you/i);
    expect(texts(await app.say('Priya', from('handed')))).toMatch(/number/);
  });

  it('a colleague begins a flow in a conversation; what is not theirs is not found', async () => {
    await app.say('Hi', from('begun'));
    const { _id: conversationId } = await conversation('begun');
    await expect(
      app.bus.command(startFlow, { conversationId, flow: 'enquiry' }, caller),
    ).rejects.toMatchObject({ code: 'record.not_found' });
  });
});

describe('the funnel [M96]', () => {
  it('counts who came to a step, went on and stayed, with what became of their leads [B7]', async () => {
    await app.say('Hi, I need a CRM, budget 3 lakh', from('buyer'));
    app.clock.advance(30_000);
    await app.say('Asha Rao', from('buyer'));
    await app.say('98123 00077', from('buyer'));
    const { session } = await conversation('buyer');
    const { leadId } = session!.vars.enquiry as { leadId: string };
    for (const stage of ['follow-up', 'demo-confirmed', 'proposal-sent', 'won'])
      await app.bus.command(moveLead, { leadId, stage }, asSystem).catch(() => undefined);
    const funnel = await app.bus.query(flowFunnel, { name: 'enquiry' }, manager);
    const step = (id: string) => funnel.steps.find(({ step: name }) => name === id)!;
    expect(step('name').entered).toBeGreaterThan(step('phone').entered);
    expect(step('name').left).toBeGreaterThanOrEqual(1);
    expect(step('name').handedOver).toBe(1);
    expect(step('phone')).toMatchObject({ entered: 2, passed: 1, leads: 1, won: 1, wonValue: 300_000 });
    expect(step('name').medianSeconds).toBeGreaterThanOrEqual(30);
  });
});
