import { jest } from '@jest/globals';
import type { InboundEvent } from '../../src/core/messaging.ts';
import { ledger } from '../../src/domain/conversations/contract.ts';
import { ConversationModel } from '../../src/domain/conversations/model/conversation.ts';
import { MessageModel } from '../../src/domain/conversations/model/message.ts';
import { asSystem, type TestApp, testApp } from '../support/app.ts';
import { echo } from '../support/echo.ts';
import { shuffled } from '../support/random.ts';

jest.setTimeout(600_000);

const conversations = Number(process.env.STORM ?? 100);
const each = 20;

describe('a hundred conversations at once (STORM: more)', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp({ decide: echo });
  });
  afterAll(() => app.dispose());

  it('makes every transcript exact though they come shuffled, repeated and at once [B2] [B8]', async () => {
    const start = app.clock.now().getTime();
    const events: InboundEvent[] = Array.from({ length: conversations * each }, (_, index) => {
      const [thread, n] = [index % conversations, Math.floor(index / conversations)];
      return {
        id: `${thread}-${n}`,
        channel: 'whatsapp',
        account: 'main',
        audience: 'customer',
        thread: `t${thread}`,
        from: [],
        at: new Date(start + n * 1000),
        body: { kind: 'text', text: `m${n}` },
      };
    });
    // One half waits in the inbox before any worker runs; the other comes, in order, while they run. A third is sent twice.
    const early = shuffled(
      events.filter(({ at }) => at.getTime() < start + (each / 2) * 1000),
      1,
    );
    const late = events.filter(({ at }) => at.getTime() >= start + (each / 2) * 1000);
    await inParallel(withRepeats(early), app);
    await app.start();
    for (let n = 0; n < each / 2; n++)
      await inParallel(withRepeats(shuffled(late.slice(n * conversations, (n + 1) * conversations), n)), app);
    await app.idle();

    const lines = await MessageModel.find().sort({ conversationId: 1, seq: 1 }).lean();
    const byConversation = Map.groupBy(lines, ({ conversationId }) => conversationId);
    expect(await ConversationModel.countDocuments()).toBe(conversations);
    expect(byConversation.size).toBe(conversations);
    const heard = Array.from({ length: each }, (_, n) => `m${n}`);
    for (const transcript of byConversation.values()) {
      expect(transcript.map(({ seq }) => seq)).toEqual(
        Array.from({ length: 2 * each }, (_, index) => index + 1),
      );
      expect(transcript.filter(({ direction }) => direction === 'in').map(({ text }) => text)).toEqual(heard);
      expect(transcript.filter(({ direction }) => direction === 'out').map(({ text }) => text)).toEqual(
        heard.map((text, n) => `${n + 1}: ${text}`),
      );
    }
    const sentTo = Map.groupBy(app.sent, ({ to }) => to);
    for (const sent of sentTo.values())
      expect(sent.map(({ content }) => (content as { text: string }).text)).toEqual(
        heard.map((text, n) => `${n + 1}: ${text}`),
      );
    expect(await app.bus.query(ledger, {}, asSystem)).toMatchObject({
      inbound: conversations * each,
      recorded: conversations * each,
      dead: 0,
      waiting: 0,
      difference: 0,
    });
  });
});

const withRepeats = (events: InboundEvent[]): InboundEvent[] =>
  events.flatMap((event, index) => (index % 3 ? [event] : [event, event]));

/** As webhooks come: many requests under way at once, a few events each. */
async function inParallel(events: InboundEvent[], app: TestApp): Promise<void> {
  const batches = Array.from({ length: Math.ceil(events.length / 5) }, (_, index) =>
    events.slice(index * 5, index * 5 + 5),
  );
  const workers = Array.from({ length: 32 }, async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) await app.accept(batch);
  });
  await Promise.all(workers);
}
