/** When a message is shown to another reader before it is answered, and what comes of the answer. */
import { beforeEach, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/core/config.ts';
import type { InboundBody } from '../../src/core/messaging.ts';
import type { Session, TurnOutcome } from '../../src/core/turn.ts';
import { flowCommands } from '../../src/flows/catalogue.ts';
import { createFlowEngine, flowVersions, loadFlows, nluFor } from '../../src/flows/index.ts';

const config = loadConfig({ PARLEY_SECRET: 'a secret of the tests, long enough to be taken' });
const flows = flowVersions(loadFlows(config.dir, { commands: flowCommands }));
const { decide } = createFlowEngine({
  flows,
  nlu: nluFor(config),
  config,
  needsOpinion: (text) => text.includes('riddle'),
  phrases: true,
});

let session: Session | null;
let count: number;
beforeEach(() => {
  session = null;
  count = 0;
  known = {};
});
/** What the knowledge base has for the question that comes up; most of the time nothing. */
let known: object = {};
const training = {
  answer: {
    id: 'kb-1',
    title: 'Is training included?',
    text: 'Two sessions are included.',
    language: 'en',
    certain: true,
  },
};
const at = (seconds: number) => new Date(Date.parse('2026-03-11T05:00:00Z') + seconds * 1000);

/** A turn over these, so many seconds into the talk; commands are answered with nothing. */
function turn(seconds: number, ...bodies: InboundBody[]): TurnOutcome {
  const place = { channel: 'whatsapp', account: 'main', thread: '+919876543210' };
  const deciding = decide({
    conversation: {
      ...place,
      id: 'c1',
      identities: [{ scheme: 'phone', value: place.thread }],
      mode: 'bot',
      optedOut: false,
      startedAt: at(0),
      meta: {},
    },
    session,
    events: bodies.map((body) => ({
      ...place,
      id: `e${++count}`,
      audience: 'customer' as const,
      from: [],
      at: at(seconds),
      body,
    })),
    now: at(seconds),
  });
  let step = deciding.next();
  while (!step.done) step = deciding.next(step.value.command === 'knowledge.find' ? known : {});
  session = step.value.session;
  return step.value;
}
const says = (text: string): InboundBody => ({ kind: 'text', text });
const understood = (messageId: string, ...acts: string[]): InboundBody => ({
  kind: 'signal',
  name: 'understood',
  data: { messageId, outcome: { engine: 'llm', model: 'm', value: { acts, entities: {} } } },
});
const wake: InboundBody = { kind: 'signal', name: 'wake', data: {} };
const words = ({ replies }: TurnOutcome) =>
  replies.map(({ content }) => (content.kind === 'text' ? content.text : content.kind)).join('\n');

it('says nothing while it asks, and wishes to be woken in ten seconds', () => {
  turn(0, says('Hi'));
  const outcome = turn(5, says('a riddle'));
  expect(outcome).toMatchObject({ replies: [], wakeAt: at(15), ask: { messageId: 'e2', text: 'a riddle' } });
});

it('goes on with the answer, once', () => {
  turn(0, says('Hi'));
  turn(5, says('a riddle'));
  const outcome = turn(6, understood('e2', 'ask_hours'));
  expect(words(outcome)).toMatch(/open/i);
  expect(outcome.decided).toEqual({ messageId: 'e2', engine: 'llm', model: 'm' });
  expect(words(turn(7, understood('e2', 'ask_hours')))).toBe('');
});

it('is not hurried by a time that comes too early, nor by an answer to something else', () => {
  turn(0, says('Hi'));
  turn(5, says('a riddle'));
  for (const outcome of [turn(6, wake), turn(7, understood('e1', 'ask_hours'))])
    expect([words(outcome), outcome.decided]).toEqual(['', undefined]);
  const outcome = turn(15, wake);
  expect(words(outcome)).not.toBe('');
  expect(outcome.decided).toEqual({ messageId: 'e2', engine: 'offline', reason: 'timeout' });
});

it('answers whoever writes again at once, both messages in one turn', () => {
  turn(0, says('Hi'));
  turn(5, says('a riddle'));
  const outcome = turn(6, says('what does it cost?'), understood('e2', 'ask_hours'));
  expect(words(outcome)).toContain('₹');
  expect(words(outcome)).not.toMatch(/we are open|our hours/i);
  expect(outcome.decided).toEqual({ messageId: 'e2', engine: 'offline', reason: 'overtaken' });
});

it('does not answer afterwards what a colleague had taken over', () => {
  turn(0, says('Hi'));
  turn(5, says('a riddle'));
  const outcome = turn(60, { kind: 'signal', name: 'handedBack', data: {} });
  expect(outcome.decided).toMatchObject({ engine: 'offline', reason: 'overtaken' });
  expect(session?.state.pending).toBeUndefined();
});

it('a wish to stop is obeyed without asking anybody', () => {
  turn(0, says('Hi'));
  const outcome = turn(5, says('STOP'));
  expect(outcome.ask).toBeUndefined();
});

it('no word of another reader books or confirms', () => {
  turn(0, says('Hi, I need a CRM for 20 users'));
  turn(5, says('tomorrow 5 pm'));
  const before = session?.step;
  turn(10, says('a riddle'));
  const outcome = turn(11, understood('e3', 'affirm'));
  expect(words(outcome)).not.toContain('is booked');
  expect(session?.step).toBe(before);
});

it.each([
  ['the twentieth of a day is asked', 19, '2026-03-11', true],
  ['the one after it is not: nobody spends what is there for all', 20, '2026-03-11', false],
  ['the next day counts anew', 20, '2026-03-10', true],
])('%s', (_, asked, day, asks) => {
  turn(0, says('Hi'));
  session!.state.opinions = { day, count: asked };
  expect(turn(5, says('a riddle')).ask !== undefined).toBe(asks);
});

const phrased = (messageId: string, text: string): InboundBody => ({
  kind: 'signal',
  name: 'understood',
  data: { messageId, outcome: { engine: 'llm', model: 'm', value: { text, source: { id: 'kb-1' } } } },
});

it('has an entry in another language than the customer’s said in theirs, with its source [M126]', () => {
  turn(0, says('नमस्ते, मुझे सीआरएम चाहिए'));
  known = training;
  const asked = turn(5, says('क्या ट्रेनिंग शामिल है?'));
  expect(asked.replies).toEqual([]);
  expect(asked.ask?.phrase).toMatchObject({ id: 'kb-1', text: 'Two sessions are included.', locale: 'hi' });
  const outcome = turn(6, phrased('e2', 'दो सत्र शामिल हैं।'));
  expect(words(outcome)).toMatch(/^दो सत्र शामिल हैं।\n.*Is training included\?/);
  expect(outcome.decided).toMatchObject({ engine: 'llm' });
});

it('gives the entry’s own words where none came, and at once where they are in the customer’s language [M126]', () => {
  turn(0, says('नमस्ते, मुझे सीआरएम चाहिए'));
  known = training;
  turn(5, says('क्या ट्रेनिंग शामिल है?'));
  expect(words(turn(15, wake))).toContain('Two sessions are included.');
  session = null;
  turn(100, says('I need a CRM'));
  expect(words(turn(105, says('is training included?')))).toContain('Two sessions are included.');
});
