/** The stories of every flow, with the language engine that ships. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/core/config.ts';
import { flowCommands } from '../../src/flows/catalogue.ts';
import { loadFlows, nluFor } from '../../src/flows/index.ts';
import { runStories } from '../../src/flows/stories/run.ts';
import { readStories } from '../../src/flows/stories/story.ts';

const config = loadConfig({ PARLEY_SECRET: 'a secret of the tests, long enough to be taken' });
const nlu = nluFor(config);

const flows = loadFlows(config.dir, { commands: flowCommands });
for (const flow of flows) {
  const path = join(config.dir, 'flows', flow.name, 'stories.yaml');
  describe(`flow ${flow.name} [M10] [M12]`, () => {
    const stories = existsSync(path) ? readStories(path) : [];
    it('has stories for the straight way and crooked ones', () =>
      // Beside the talk that every conversation begins with, a straight way and five crooked ones.
      expect(stories.length).toBeGreaterThanOrEqual(flow.name === config.app.bot.flow ? 10 : 6));
    it.each(stories.map((story) => [story.name, story] as const))('%s', (_, story) => {
      const [result] = runStories(flow, [story], { app: config.app, nlu, others: flows });
      expect(result!.faults.join('\n')).toBe('');
    });
  });
}
