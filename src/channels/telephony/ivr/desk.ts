/**
 * Calls that a flow is talking with: what it has said on each, and how much of that each request of the provider was
 * answered with. Durable, and asked of the database: the turn may be another process's than the request.
 */
import type { ChannelPort } from '../../../core/define.ts';
import type { Outbound, SendResult } from '../../../core/messaging.ts';
import { type ChoiceMap, render } from '../../render.ts';
import type { Language } from './phrases.ts';
import type { Said } from './prompt.ts';

/** What the turn tells beside the words. */
type Turn = {
  language?: Language;
  expects?: string;
  resting?: true;
  handedOver?: boolean;
  last?: boolean;
  open?: boolean;
};
export type Line = Said & Turn & { id: string };
type Call = { said: Line[] };
/** `upto`: what each request was answered with; `answered`: how many answers the caller has given, where addresses cannot tell. */
type Steps = { upto: number[]; answered?: number };

const prefix = 'ivr:';
export const threadOf = (callId: string): string => `${prefix}${callId}`;

export function createDesk({ state }: Pick<ChannelPort, 'state'>) {
  /** Those who wait in this process are told; those in another one look again and again. */
  const waiting = new Map<string, Set<() => void>>();
  const wake = (thread: string) => {
    for (const look of waiting.get(thread) ?? []) look();
  };

  return {
    begin: (callId: string): Promise<Call> => state.keep(threadOf(callId), { said: [] }),

    knows: async (callId: string): Promise<boolean> =>
      (await state.get<Call>(threadOf(callId))) !== undefined,

    end: async (callId: string): Promise<void> => {
      await state.drop(threadOf(callId));
      await state.drop(`${threadOf(callId)}:steps`);
    },

    /** The outbox brings what the flow says. */
    async send({ id, to, content, meta }: Outbound): Promise<SendResult> {
      const call = to.startsWith(prefix) ? await state.get<Call>(to) : undefined;
      if (!call)
        return { ok: false, error: 'recipient', message: 'The call is over: nothing can be said any more.' };
      const { text, choices, choiceMap } = wordsOf(content);
      if (!call.said.some((line) => line.id === id)) {
        const turn = (meta?.turn ?? { last: true }) as Turn;
        await state.set(to, {
          said: [...call.said, { id, text, ...(choices?.length && { choices }), ...turn }],
        });
      }
      wake(to);
      return { ok: true, providerId: id, ...(choiceMap && { choiceMap }) };
    },

    answered: async (callId: string): Promise<number> =>
      (await state.get<Steps>(`${threadOf(callId)}:steps`))?.answered ?? 0,
    async answer(callId: string, answered: number): Promise<void> {
      const steps = (await state.get<Steps>(`${threadOf(callId)}:steps`)) ?? { upto: [] };
      await state.set(`${threadOf(callId)}:steps`, { ...steps, answered });
    },

    /** What the `step`-th request was answered with; undefined where there was none yet. */
    async said(callId: string, step: number): Promise<Line[] | undefined> {
      const { upto } = (await state.get<Steps>(`${threadOf(callId)}:steps`)) ?? { upto: [] };
      return upto[step] === undefined ? undefined : hear(callId, step, 0, false);
    },

    /** What will be said next, without its having been said. */
    peek: (callId: string, step: number, patienceMs: number) => hear(callId, step, patienceMs, false),

    /**
     * What the `step`-th request of a call is answered with: the same each time it is asked. Waited for at most so long.
     * @returns undefined when nothing has been said yet, or the call is not known.
     */
    heard: (callId: string, step: number, patienceMs: number) => hear(callId, step, patienceMs, true),
  };

  async function hear(
    callId: string,
    step: number,
    patienceMs: number,
    keeps: boolean,
  ): Promise<Line[] | undefined> {
    const thread = threadOf(callId);
    const steps = (await state.get<Steps>(`${thread}:steps`)) ?? { upto: [] };
    const from = steps.upto[step - 1] ?? 0;
    const known = steps.upto[step];
    const end = performance.now() + patienceMs;
    for (;;) {
      const call = await state.get<Call>(thread);
      if (!call) return undefined;
      if (known !== undefined) return call.said.slice(from, known);
      const fresh = call.said.slice(from);
      if (fresh.at(-1)?.last) {
        const upto = [...steps.upto];
        upto[step] = call.said.length;
        if (keeps) await state.set(`${thread}:steps`, { ...steps, upto });
        return fresh;
      }
      if (performance.now() >= end) return undefined;
      await changed(thread);
    }
  }

  function changed(thread: string): Promise<void> {
    return new Promise((resolve) => {
      const looks = waiting.get(thread) ?? new Set();
      const done = () => {
        clearTimeout(timer);
        looks.delete(done);
        if (!looks.size) waiting.delete(thread);
        resolve();
      };
      const timer = setTimeout(done, 200);
      waiting.set(thread, looks.add(done));
    });
  }
}
export type Desk = ReturnType<typeof createDesk>;

/** Everything that can be said, with the choices apart: they are read out under their digits. */
function wordsOf(content: Outbound['content']): Said & { choiceMap?: ChoiceMap } {
  if (content.kind === 'text')
    return { text: content.text, ...(content.choices?.length && { choices: content.choices }) };
  const rendered = render(content, { text: 3000, media: false, ambiguity: 'resend' });
  switch (rendered.kind) {
    case 'text':
    case 'template':
      return { text: rendered.text };
    case 'location':
      return { text: `${rendered.name}, ${rendered.address}` };
    default:
      return { text: '' };
  }
}
