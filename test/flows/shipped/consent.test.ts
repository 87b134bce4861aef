import { join } from 'node:path';
import { loadConfig } from '../../../src/core/config.ts';
import { flowCommands } from '../../../src/flows/catalogue.ts';
import { loadFlows, nluFor } from '../../../src/flows/index.ts';
import { runStories } from '../../../src/flows/stories/run.ts';
import { readStories, storySchema } from '../../../src/flows/stories/story.ts';

const config = loadConfig({ PARLEY_SECRET: 'a secret of the tests, long enough to be taken' });
const nlu = nluFor(config);
const flows = loadFlows(config.dir, { commands: flowCommands });
const base = flows.find(({ name }) => name === config.app.bot.flow)!;

describe('opting out and in, in every flow [M133]', () => {
  const stories = readStories(join(import.meta.dirname, 'consent.yaml'));
  it.each(stories.map((story) => [story.name, story] as const))('%s', (_, story) => {
    const [result] = runStories(base, [story], { app: config.app, nlu, others: flows });
    expect(result!.faults.join('\n')).toBe('');
  });
});

describe('a talk that we begin', () => {
  const begin = (flow: string, vars: object, answer?: string) =>
    storySchema.parse({
      name: flow,
      channel: 'whatsapp',
      steps: [
        { send: 'hi' },
        { wait: '4 days' },
        { begin: flow, vars },
        ...(answer ? [{ send: answer }] : []),
      ],
    });
  const play = (flow: string, vars: object, answer?: string) =>
    runStories(base, [begin(flow, vars, answer)], {
      app: config.app,
      nlu,
      others: flows,
      windowOf: () => 24,
    })[0]!;

  it('goes out as an approved template once the channel’s window has closed [M17]', () => {
    const { transcript } = play('re-engagement', { name: 'Asha', interest: 'RSoft CRM' });
    expect(transcript.at(-1)).toBe('< [template]');
    expect(transcript.join()).not.toContain('Is it still of interest to you?');
  });

  it.each([
    ['yes', 'Good to hear!'],
    ['no thanks', 'May I ask why?'],
    ['who is this?', 'Is it still of interest'],
  ])('and goes on with the answer to it: “%s”', (answer, expected) => {
    const { transcript } = play('re-engagement', { name: 'Asha', interest: 'RSoft CRM' }, answer);
    expect(transcript.join('\n')).toContain(expected);
  });

  it('asks for no feedback where no free text may be sent', () => {
    const { transcript } = play('feedback', { about: 'demo' });
    expect(transcript.join()).not.toContain('from 1 (bad) to 5');
  });
});

describe('every shipped flow', () => {
  const called = flows.filter((flow) => flow !== base);
  it.each(called.map((flow) => [flow.name, flow] as const))(
    '%s speaks English, Hindi and Hinglish',
    (_, flow) => {
      const own = (locale: string) => Object.keys(flow.texts[locale] ?? {}).filter((key) => !(key in shared));
      const shared = base.texts.en!;
      expect(own('hi').sort()).toEqual(own('en').sort());
      // A voice reads Hindi aloud from its own letters; in Latin ones it would be English nonsense.
      if (flow.name !== 'telephone') expect(own('hinglish').length).toBeGreaterThan(0);
    },
  );

  it.each(called.map((flow) => [flow.name] as const))('%s is told as a story in Hindi, too', (name) => {
    const stories = readStories(join(config.dir, 'flows', name, 'stories.yaml'));
    expect(stories.some((story) => /[\u0900-\u097f]/.test(JSON.stringify(story.steps)))).toBe(true);
    expect(stories.length).toBeGreaterThanOrEqual(6);
  });
});
