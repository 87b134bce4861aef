/** Holds one conversation with the engine, as the conversation path would: time is the caller's, commands are stand-ins. */
import type { Content, Identity, InboundBody } from '../../core/messaging.ts';
import type { Decide, Session, TurnOutcome } from '../../core/turn.ts';
import { millis } from '../turn/durations.ts';
import type { FakeCommands } from './commands.ts';

export type Player = ReturnType<typeof createPlayer>;

export function createPlayer(given: {
  decide: Decide;
  commands: FakeCommands;
  channel?: string;
  now: Date;
  name?: string;
  identities?: Identity[];
  meta?: Record<string, unknown>;
}) {
  let { now } = given;
  let session: Session | null = null;
  let last: TurnOutcome = { session: null, replies: [] };
  let mode: 'bot' | 'human' = 'bot';
  let language: string | undefined;
  let optedOut = false;
  let count = 0;
  let turnStart = 0;
  let before: string[] = [];
  let wakeAt: Date | undefined;
  const transcript: string[] = [];
  const startedAt = now;

  function hear(bodies: InboundBody[]): string[] {
    before = said().length ? said() : before;
    turnStart = given.commands.calls.length;
    const channel = given.channel ?? 'webchat';
    const events = bodies.map((body) => ({
      id: `e-${++count}`,
      channel,
      account: 'main',
      audience: 'customer' as const,
      thread: 't-1',
      from: given.identities ?? [],
      at: now,
      body,
    }));
    for (const body of bodies.filter(({ kind }) => kind !== 'signal'))
      transcript.push(
        `> ${body.kind === 'text' ? body.text.slice(0, 300) : body.kind === 'press' ? `[${body.label}]` : `(${body.kind})`}`,
      );
    const turn = given.decide({
      conversation: {
        id: 'conversation-1',
        channel,
        account: 'main',
        thread: 't-1',
        identities: given.identities ?? [],
        mode,
        optedOut,
        startedAt,
        meta: given.meta ?? {},
        ...(given.name && { name: given.name }),
        ...(language && { language }),
      },
      session,
      events,
      now,
    });
    let step = turn.next();
    while (!step.done) {
      const effect = step.value;
      let output: unknown;
      try {
        output = given.commands.run(effect, now);
        if (effect.command === 'conversation.setConsent') optedOut = effect.input.optedOut === true;
      } catch (error) {
        step = turn.throw(error);
        continue;
      }
      step = turn.next(output);
    }
    last = step.value;
    wakeAt = last.wakeAt ?? (wakeAt && wakeAt > now ? wakeAt : undefined);
    // As the store would keep it: plain data only.
    session = JSON.parse(JSON.stringify(last.session)) as Session | null;
    mode = last.mode ?? mode;
    language = last.language ?? language;
    for (const { content } of last.replies) transcript.push(`< ${shown(content)}`);
    return said();
  }

  const said = () => last.replies.map(({ content }) => shown(content));
  const choices = () =>
    last.replies.flatMap(({ content }) => (content.kind === 'text' ? (content.choices ?? []) : []));
  return {
    hear,
    said,
    transcript,
    say: (...texts: string[]) => hear(texts.map((text) => ({ kind: 'text', text }))),
    choices,
    buttons: () => choices().map((choice) => choice.label),
    pressOf(label: string): InboundBody {
      const choice = choices().find((known) => known.label === label);
      if (!choice)
        throw new Error(
          `there is no button "${label}"; there are: ${
            choices()
              .map((known) => known.label)
              .join(' | ') || 'none'
          }`,
        );
      return { kind: 'press', value: choice.value, label };
    },
    signal: (name: string, data: Record<string, unknown> = {}) => hear([{ kind: 'signal', name, data }]),
    /** Time goes by, and what falls due in it happens at its time. Answers what was said meanwhile. */
    wait(time: string): string[] {
      const end = new Date(now.getTime() + millis(time));
      const heard: string[] = [];
      while (wakeAt && wakeAt <= end) {
        now = wakeAt;
        wakeAt = undefined;
        if (mode === 'bot') heard.push(...hear([{ kind: 'signal', name: 'wake' }]));
      }
      now = end;
      if (!heard.length) last = { session, replies: [] };
      return heard;
    },
    handBack() {
      mode = 'bot';
      return hear([{ kind: 'signal', name: 'handedBack' }]);
    },
    calls: () => given.commands.calls,
    turnCalls: () => given.commands.calls.slice(turnStart),
    vars: () => session?.vars ?? {},
    session: () => session,
    mode: () => mode,
    optedOut: () => optedOut,
    /** A text said now and in the turn before, word for word. */
    repeated: () => said().find((text) => text.length > 2 && !text.startsWith('[') && before.includes(text)),
  };
}

function shown(content: Content): string {
  if (content.kind === 'text') return content.text;
  if (content.kind === 'media')
    return `[${content.media.type}: ${content.media.filename ?? content.media.url ?? ''}]`;
  if (content.kind === 'location') return `[location: ${content.name}]`;
  return `[${content.kind}]`;
}
