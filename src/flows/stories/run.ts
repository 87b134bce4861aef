/** Plays stories against the engine, purely: time is the story's, commands answer from stand-ins. */
import type { AppConfig } from '../../core/config-schema.ts';
import type { Content, Identity, InboundBody } from '../../core/messaging.ts';
import type { Decide, Session, TurnOutcome } from '../../core/turn.ts';
import type { Flow } from '../definition.ts';
import { createFlowEngine } from '../engine.ts';
import type { Nlu } from '../nlu.ts';
import { flowVersions } from '../versions.ts';
import { type FakeCommands, fakeCommands } from './commands.ts';
import type { Story } from './story.ts';

export type StoryResult = { story: string; ok: boolean; faults: string[]; transcript: string[] };
type Options = {
  app: AppConfig;
  nlu: Nlu;
  commands?: (app: AppConfig, refuse: Record<string, string>) => FakeCommands;
};

export function runStories(flow: Flow, stories: Story[], options: Options): StoryResult[] {
  const engine = createFlowEngine({
    flows: flowVersions([flow]),
    nlu: options.nlu,
    config: { app: { ...options.app, bot: { ...options.app.bot, flow: flow.name } } },
  });
  return stories.map((story) => runStory(flow, story, engine.decide, options));
}

function runStory(
  flow: Flow,
  story: Story,
  decide: Decide,
  { app, commands = fakeCommands }: Options,
): StoryResult {
  const player = createPlayer({
    decide,
    commands: commands(app, story.refuse),
    channel: story.channel,
    now: new Date(story.now),
    ...(story.as && { name: story.as }),
    identities: story.identities as Identity[],
  });
  const faults: string[] = [];
  for (const [i, step] of story.steps.entries()) {
    const complain = (what: string) =>
      faults.push(
        `step ${i + 1}: ${what}${player.said().length ? `\n      said: ${player.said().join('\n            ')}` : ' (nothing was said)'}`,
      );
    try {
      if ('send' in step) player.hear(step.send.map((text) => ({ kind: 'text', text })));
      else if ('press' in step) player.hear([player.pressOf(step.press)]);
      else if ('media' in step)
        player.hear([
          {
            kind: 'media',
            media: [{ type: step.media, id: 'media-1' }],
            ...(step.text && { text: step.text }),
          },
        ]);
      else if ('unknown' in step) player.hear([{ kind: 'unknown', note: step.unknown }]);
      else if ('wait' in step) player.wait(step.wait);
      else verify(flow, step, player, complain);
      if (player.repeated()) complain(`the same message was said twice running: "${player.repeated()}"`);
    } catch (error) {
      complain((error as Error).message);
    }
  }
  return { story: story.name, ok: faults.length === 0, faults, transcript: player.transcript };
}

type Check = Exclude<
  Story['steps'][number],
  { send: unknown } | { press: unknown } | { media: unknown } | { unknown: unknown } | { wait: unknown }
>;

function verify(flow: Flow, step: Check, player: Player, complain: (what: string) => void): void {
  const all = player.said().join('\n');
  if ('expect' in step)
    for (const wanted of step.expect) if (!wasSaid(flow, wanted, all)) complain(`expected "${wanted}"`);
  if ('not' in step)
    for (const unwanted of step.not)
      if (wasSaid(flow, unwanted, all)) complain(`did not expect "${unwanted}"`);
  if ('buttons' in step && player.buttons().join(' | ') !== step.buttons.join(' | '))
    complain(
      `expected the buttons ${step.buttons.join(' | ')}, got ${player.buttons().join(' | ') || 'none'}`,
    );
  if ('nothing' in step && player.said().length) complain('expected nothing to be said');
  if ('mode' in step && player.mode() !== step.mode)
    complain(`expected mode ${step.mode}, is ${player.mode()}`);
  if (
    'record' in step &&
    !player.turnCalls().some((call) => call.command === step.record && includes(call.input, step.with ?? {}))
  ) {
    complain(
      `expected ${step.record} with ${JSON.stringify(step.with ?? {})}, ran ${JSON.stringify(player.turnCalls())}`,
    );
  }
  if ('called' in step) {
    for (const [command, times] of Object.entries(step.called)) {
      const count = player.calls().filter((call) => call.command === command).length;
      if (count !== times) complain(`expected ${command} ${times} times, ran ${count} times`);
    }
  }
  if ('vars' in step && !includes(player.vars(), step.vars))
    complain(`expected ${JSON.stringify(step.vars)}, have ${JSON.stringify(player.vars())}`);
}

/** A text key stands for any of its wordings in any locale, whatever its fields; anything else is taken literally. */
function wasSaid(flow: Flow, wanted: string, said: string): boolean {
  const wordings = Object.values(flow.texts).flatMap((texts) => texts[wanted] ?? []);
  if (!wordings.length) return said.toLowerCase().includes(wanted.toLowerCase());
  return wordings.some((wording) =>
    new RegExp(
      wording
        .split(/\{\w+\}/)
        .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('[\\s\\S]+?'),
    ).test(said),
  );
}

/** `null` in what is wanted means: not there. */
function includes(actual: unknown, wanted: unknown): boolean {
  if (wanted === null) return actual === undefined || actual === null;
  if (typeof wanted !== 'object') return actual === wanted;
  return Object.entries(wanted as object).every(([key, value]) =>
    includes((actual as Record<string, unknown> | undefined)?.[key], value),
  );
}

export type Player = ReturnType<typeof createPlayer>;

/** Holds one conversation with the engine, as the conversation path would. */
export function createPlayer(given: {
  decide: Decide;
  commands: FakeCommands;
  channel?: string;
  now: Date;
  name?: string;
  identities?: Identity[];
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
    for (const body of bodies)
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
        meta: {},
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
    wait(time: string) {
      const [amount, unit] = time.split(' ') as [string, string];
      now = new Date(
        now.getTime() +
          Number(amount) *
            (unit.startsWith('day') ? 86_400_000 : unit.startsWith('hour') ? 3_600_000 : 60_000),
      );
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
