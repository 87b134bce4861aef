/** A conversation that was held becomes a story: it goes as it went, and names nobody. */

import type { InboundBody } from '../../src/core/messaging.ts';
import { parseYaml } from '../../src/core/yaml.ts';
import { storyOf } from '../../src/flows/cli.ts';
import { createFlowEngine, loadFlows, nluFor } from '../../src/flows/index.ts';
import { longLabels } from '../../src/flows/labels.ts';
import { fakeCommands } from '../../src/flows/stories/commands.ts';
import type { Held } from '../../src/flows/stories/record.ts';
import { createPlayer, runStories } from '../../src/flows/stories/run.ts';
import { storySchema } from '../../src/flows/stories/story.ts';
import { flowVersions } from '../../src/flows/versions.ts';
import { app, config } from './small-flows.ts';

const flows = loadFlows('config');
const enquiry = flows.find(({ name }) => name === 'enquiry')!;
const nlu = nluFor({ app });
const { decide } = createFlowEngine({ flows: flowVersions(flows), nlu, config: { app } });

/** What the store would have of a conversation with these words; a press is written [label]. */
function hold(words: string[]): Held {
  const player = createPlayer({ decide, commands: fakeCommands(app), now: new Date('2026-03-11T04:30:00Z') });
  const messages: Held['messages'] = [];
  let at = Date.parse('2026-03-11T04:30:00Z');
  for (const word of words) {
    const body: InboundBody = word.startsWith('[')
      ? player.pressOf(word.slice(1, -1))
      : { kind: 'text', text: word };
    const text = body.kind === 'press' ? body.label : word;
    messages.push({
      direction: 'in',
      author: { kind: 'customer' },
      text,
      content: body,
      at: new Date(at).toISOString(),
    });
    for (const said of player.hear([body]))
      messages.push({
        direction: 'out',
        author: { kind: 'bot' },
        text: said,
        at: new Date(at + 1000).toISOString(),
      });
    at += 60_000;
  }
  return { id: 'conversation-000001', channel: 'webchat', identities: [], messages };
}

it('goes the way the conversation went, with invented people [B3]', () => {
  const held = hold([
    'Hi, I need a CRM for 20 users',
    'Radhika Venkataraman',
    'my number is 99400 51234, mail radhika.v@secret.example',
    'tomorrow 5 pm',
    '[Yes, book it]',
    'thanks',
  ]);
  const yaml = storyOf(held, config);
  expect(yaml).not.toMatch(/radhika|venkataraman|99400|51234|secret/i);
  const [story] = (parseYaml(yaml) as unknown[]).map((one) => storySchema.parse(one));
  expect(story!.steps).toContainEqual({ press: 'Yes, book it' });
  expect(JSON.stringify(story!.steps)).toContain('booked');
  const [result] = runStories(enquiry, [story!], { app, nlu, others: flows });
  expect(result!.faults).toEqual([]);
});

it('takes invented names in Devanagari for such names', () => {
  const yaml = storyOf(hold(['नमस्ते', 'मुझे CRM चाहिए', 'मेरा नाम सुनीता शर्मा है', '९९४००५१२३४']), config);
  expect(yaml).not.toMatch(/सुनीता|शर्मा|९९४००/);
  expect(yaml).toMatch(/मेरा नाम [\p{L}\p{M}]+ [\p{L}\p{M}]+ है/u);
});

describe('labels', () => {
  const limits = {
    whatsapp: {
      text: 4096,
      media: true,
      ambiguity: 'staff' as const,
      buttons: { max: 3, label: 20 },
      list: { rows: 10, label: 24, description: 72 },
    },
  };
  it('that ship fit every channel', () => {
    expect(flows.flatMap((flow) => longLabels(flow, app, limits))).toEqual([]);
  });

  it('that WhatsApp would cut are reported with their place', () => {
    const texts = {
      ...enquiry.texts,
      en: { ...enquiry.texts.en, 'confirm.yes': ['Yes please, do book this demo for me'] },
    };
    expect(longLabels({ ...enquiry, texts }, app, limits)).toEqual([
      'enquiry: step confirm: “Yes please, do book this demo for me” (en, 36 characters) is longer than the 24 that fit on whatsapp',
    ]);
  });
});
