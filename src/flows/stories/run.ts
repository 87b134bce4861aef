/** Plays stories against the engine, purely: time is the story's, commands answer from stand-ins. */
import type { AppConfig } from '../../core/config-schema.ts';
import type { Identity } from '../../core/messaging.ts';
import type { Decide } from '../../core/turn.ts';
import type { Flow, Texts } from '../definition.ts';
import { createFlowEngine } from '../engine.ts';
import type { Nlu } from '../nlu.ts';
import type { WindowOf } from '../turn/talk.ts';
import { flowVersions } from '../versions.ts';
import { type FakeCommands, fakeCommands } from './commands.ts';
import { createPlayer, type Player } from './player.ts';
import type { Story, StoryStep } from './story.ts';
import { verify } from './verify.ts';

export { createPlayer, type Player } from './player.ts';

export type StoryResult = { story: string; ok: boolean; faults: string[]; transcript: string[] };
type Options = {
  app: AppConfig;
  nlu: Nlu;
  /** Flows that this one may call. */
  others?: Flow[];
  windowOf?: WindowOf;
  commands?: (app: AppConfig, refuse: Record<string, string>, given: Record<string, unknown>) => FakeCommands;
};

export function runStories(flow: Flow, stories: Story[], options: Options): StoryResult[] {
  // A flow that others call is met as customers meet it: in the talk that every conversation begins with.
  const { flow: usual } = options.app.bot;
  const base = options.others?.some(({ name }) => name === usual) ? usual : flow.name;
  const engine = createFlowEngine({
    flows: flowVersions([flow, ...(options.others ?? []).filter(({ name }) => name !== flow.name)]),
    ...(options.windowOf && { windowOf: options.windowOf }),
    nlu: options.nlu,
    config: { app: { ...options.app, bot: { ...options.app.bot, flow: base } } },
  });
  // A story may expect the texts of the flows that this one calls.
  const texts = [...(options.others ?? []), flow].reduce<Record<string, Texts>>((all, { texts: own }) => {
    for (const [locale, wordings] of Object.entries(own)) all[locale] = { ...all[locale], ...wordings };
    return all;
  }, {});
  return stories.map((story) => runStory(texts, story, engine.decide, options));
}

function runStory(
  texts: Record<string, Texts>,
  story: Story,
  decide: Decide,
  { app, commands = fakeCommands }: Options,
): StoryResult {
  const player = createPlayer({
    decide,
    commands: commands(app, story.refuse, story.given),
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
      if (!act(step, player)) verify(texts, step, player, complain);
      if (player.repeated()) complain(`the same message was said twice running: "${player.repeated()}"`);
    } catch (error) {
      complain((error as Error).message);
    }
  }
  return { story: story.name, ok: faults.length === 0, faults, transcript: player.transcript };
}

/** What happens in a story; answers false for what is expected of it. */
function act(step: StoryStep, player: Player): boolean {
  if ('send' in step) player.hear(step.send.map((text) => ({ kind: 'text', text })));
  else if ('press' in step) player.hear([player.pressOf(step.press)]);
  else if ('media' in step)
    player.hear([
      { kind: 'media', media: [{ type: step.media, id: 'media-1' }], ...(step.text && { text: step.text }) },
    ]);
  else if ('location' in step)
    player.hear([{ kind: 'location', latitude: step.location[0], longitude: step.location[1] }]);
  else if ('unknown' in step) player.hear([{ kind: 'unknown', note: step.unknown }]);
  else if ('wait' in step) player.wait(step.wait);
  else if ('handBack' in step) player.handBack();
  else if ('event' in step) player.signal('event', { event: step.event, payload: step.payload ?? {} });
  else if ('begin' in step) player.signal('flow', { flow: step.begin, vars: step.vars ?? {} });
  else return false;
  return true;
}
