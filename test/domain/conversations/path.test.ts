import type { Decide } from '../../../src/core/turn.ts';
import {
  handBack,
  ledger,
  listConversations,
  listDeadLetters,
  listMessages,
  replayDeadLetter,
  replyAsStaff,
  takeOver,
} from '../../../src/domain/conversations/contract.ts';
import { ConversationModel } from '../../../src/domain/conversations/model/conversation.ts';
import { InboxModel } from '../../../src/domain/conversations/model/inbox.ts';
import { MessageModel } from '../../../src/domain/conversations/model/message.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';
import { echo } from '../../support/echo.ts';

describe('the path of a message', () => {
  let app: TestApp;
  let decide: Decide = echo;
  beforeAll(async () => {
    app = await testApp({ decide: (input) => decide(input) });
    await app.start();
  });
  beforeEach(() => {
    decide = echo;
  });
  afterAll(() => app.dispose());

  const transcript = async (thread: string) => {
    const conversation = await ConversationModel.findOne({ thread }).lean();
    const messages = await MessageModel.find({ conversationId: conversation!._id }).sort({ seq: 1 }).lean();
    return messages.map(({ direction, text }) => `${direction} ${text}`);
  };
  const texts = (sent: { content: unknown }[]) =>
    sent.map(({ content }) => (content as { text: string }).text);

  it('answers a message once, and only once when the provider repeats it five times [B2]', async () => {
    for (let i = 0; i < 5; i++) await app.say('hello', { thread: '+911', id: 'same' });
    expect(await transcript('+911')).toEqual(['in hello', 'out 1: hello']);
    expect(texts(app.sent.filter(({ to }) => to === '+911'))).toEqual(['1: hello']);
  });

  it('keeps the order of a burst within one conversation [B2]', async () => {
    const event = (n: number) => ({
      id: `b${n}`,
      channel: 'whatsapp',
      account: 'main',
      audience: 'customer' as const,
      thread: '+912',
      from: [],
      at: new Date(app.clock.now().getTime() + n),
      body: { kind: 'text' as const, text: `t${n}` },
    });
    await app.accept([3, 1, 2].map(event));
    await app.idle();
    expect((await transcript('+912')).filter((line) => line.startsWith('in'))).toEqual([
      'in t1',
      'in t2',
      'in t3',
    ]);
  });

  it('rolls a refused command back whole and lets the flow answer the refusal [B2]', async () => {
    decide = function* () {
      try {
        yield { command: 'conversation.takeOver', input: { conversationId: 'nobody' } };
      } catch (error) {
        return {
          session: null,
          replies: [{ content: { kind: 'text', text: `refused: ${(error as { code: string }).code}` } }],
        };
      }
      return { session: null, replies: [] };
    };
    expect(texts(await app.say('x', { thread: '+913' }))).toEqual(['refused: record.not_found']);
    expect(await transcript('+913')).toEqual(['in x', 'out refused: record.not_found']);
  });

  it('makes a message that always fails a dead letter, answers its neighbours, and replays it on demand [B8]', async () => {
    decide = function* (input) {
      const { body } = input.events[0]!;
      if (body.kind === 'text' && body.text === 'poison') throw new Error('this turn cannot be decided');
      return yield* echo(input);
    };
    await app.say('poison', { thread: '+914' });
    for (let attempt = 0; attempt < 6; attempt++) {
      app.clock.advance(120_000);
      await app.idle();
    }
    await app.say('after', { thread: '+914' });
    expect(await transcript('+914')).toEqual(['in after', 'out 1: after']);
    const { items } = await app.bus.query(listDeadLetters, {}, asSystem);
    expect(items).toMatchObject([
      { kind: 'inbound', text: 'poison', attempts: 5, error: 'this turn cannot be decided' },
    ]);

    decide = echo;
    await app.bus.command(replayDeadLetter, { id: items[0]!.id, kind: 'inbound' }, asSystem);
    await app.idle();
    expect((await transcript('+914')).at(-1)).toBe('out 2: poison');
    expect((await app.bus.query(listDeadLetters, {}, asSystem)).total).toBe(0);
  });

  it('answers everybody of a crowd though one is refused and another fails [B2] [B8]', async () => {
    decide = function* (input) {
      const { body } = input.events[0]!;
      const text = body.kind === 'text' ? body.text : '';
      if (text === 'poison') throw new Error('this turn cannot be decided');
      if (text === 'remember' || text === 'refused') {
        const conversationId = text === 'refused' ? 'nobody' : input.conversation.id;
        try {
          yield {
            command: 'conversation.setConsent',
            input: { conversationId: input.conversation.id, optedOut: false, words: text },
          };
          yield { command: 'conversation.takeOver', input: { conversationId } };
        } catch (error) {
          return {
            session: null,
            replies: [{ content: { kind: 'text', text: `no: ${(error as { code: string }).code}` } }],
          };
        }
      }
      return yield* echo(input);
    };
    const said = ['a', 'remember', 'b', 'refused', 'c', 'poison', 'remember', 'd'];
    const threadOf = (n: number) => `+93${n}`;
    await app.accept(
      said.map((text, n) => ({
        id: `crowd${n}`,
        channel: 'whatsapp',
        account: 'main',
        audience: 'customer' as const,
        thread: threadOf(n),
        from: [],
        at: app.clock.now(),
        body: { kind: 'text' as const, text },
      })),
    );
    await app.idle();
    const heard = said.map((_, n) => texts(app.sent.filter(({ to }) => to === threadOf(n))));
    expect(heard).toEqual([
      ['1: a'],
      ['1: remember'],
      ['1: b'],
      ['no: record.not_found'],
      ['1: c'],
      [],
      ['1: remember'],
      ['1: d'],
    ]);
    const consents = await Promise.all(
      [1, 3, 6].map(async (n) => (await ConversationModel.findOne({ thread: threadOf(n) }).lean())!.consent),
    );
    // What the refused turn had done before the refusal was rolled back, then done once.
    expect(consents.map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(await InboxModel.countDocuments({ _id: 'whatsapp:main:crowd5', status: 'pending' })).toBe(1);
    await InboxModel.deleteOne({ _id: 'whatsapp:main:crowd5' });
  });

  it('proves that every inbound message of the day ended in a record or a dead letter [B8]', async () => {
    await app.say('counted', { thread: '+915' });
    const day = await app.bus.query(ledger, {}, asSystem);
    expect(day.difference).toBe(0);
    expect(day.waiting).toBe(0);
    expect(day.inbound).toBe(await InboxModel.countDocuments());
  });

  it('keeps the proof count of each day that has ended, by a nightly job [B8]', async () => {
    const job = app.catalogue.jobs.find(({ name }) => name === 'ledger.prove')!;
    const before = app.clock.now();
    const counted = await app.bus.query(ledger, { day: '2026-03-11' }, asSystem);
    expect(counted.provedAt).toBeUndefined();
    // Ten past midnight in Kolkata.
    app.clock.set('2026-03-11T18:40:00Z');
    await app.bus.unitOfWork(asSystem, job.run);
    expect(await app.bus.query(ledger, { day: '2026-03-11' }, asSystem)).toEqual({
      ...counted,
      provedAt: '2026-03-11T18:40:00.000Z',
    });
    app.clock.set(before);
  });

  it('is silent while a colleague has the conversation, and answers again when handed back [M6]', async () => {
    await app.say('hi', { thread: '+916' });
    const { _id: conversationId } = (await ConversationModel.findOne({ thread: '+916' }).lean())!;
    const manager = await app.user('Meera', 'administrator');
    await app.bus.command(takeOver, { conversationId }, manager);
    expect(await app.say('anyone?', { thread: '+916' })).toEqual([]);
    await app.bus.command(replyAsStaff, { conversationId, text: 'Meera here' }, manager);
    await app.idle();
    expect(app.sent.at(-1)).toMatchObject({ to: '+916', content: { text: 'Meera here' } });
    await app.bus.command(handBack, { conversationId }, manager);
    expect(texts(await app.say('thanks', { thread: '+916' }))).toEqual(['2: thanks']);
    const { items } = await app.bus.query(listMessages, { conversationId }, manager);
    expect(items.map(({ author }) => author.kind)).toEqual([
      'customer',
      'bot',
      'customer',
      'user',
      'customer',
      'bot',
    ]);
  });

  it('obeys STOP at once even while a colleague has the conversation [M133]', async () => {
    await app.say('hi', { thread: '+917' });
    const { _id: conversationId } = (await ConversationModel.findOne({ thread: '+917' }).lean())!;
    const admin = await app.user('Asif', 'administrator');
    await app.bus.command(takeOver, { conversationId }, admin);
    await app.say('STOP', { thread: '+917' });
    await expect(
      app.bus.command(replyAsStaff, { conversationId, text: 'but wait' }, admin),
    ).rejects.toMatchObject({ code: 'conversation.opted_out' });
  });

  it('shows a tele-caller only conversations that are theirs: list, count, id and transcript [M61]', async () => {
    await app.say('mine?', { thread: '+918', name: 'Zubin' });
    const { _id: conversationId } = (await ConversationModel.findOne({ thread: '+918' }).lean())!;
    const caller = await app.user('Kiran', 'tele-caller');
    const other = await app.user('Divya', 'tele-caller');
    await ConversationModel.updateOne({ _id: conversationId }, { $set: { assigneeId: caller.id } });
    expect(await app.bus.query(listConversations, {}, caller)).toMatchObject({
      total: 1,
      items: [{ id: conversationId }],
    });
    expect(await app.bus.query(listConversations, { search: 'zub' }, other)).toMatchObject({
      total: 0,
      items: [],
    });
    await expect(app.bus.query(listMessages, { conversationId }, other)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await expect(app.bus.command(takeOver, { conversationId }, other)).rejects.toMatchObject({
      code: 'record.not_found',
    });
  });

  it.each([
    ['20,000 characters', 'a'.repeat(20_000)],
    ['only emoji', '😀🙏🏽👩‍👩‍👧'],
    ['right to left', 'مرحبا بكم'],
    ['null bytes', 'a\u0000b'],
    ['keys that look like operators', '{"$where": "1"}'],
  ])('keeps and answers a text of %s', async (_what, text) => {
    const thread = `+92${text.length}`;
    await app.say(text, { thread });
    expect(await transcript(thread)).toEqual([`in ${text}`, `out 1: ${text}`]);
  });
});
