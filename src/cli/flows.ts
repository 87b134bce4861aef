/** `bin/parley flows`: for those who write conversation flows. */
import type { Command } from 'commander';

export function registerFlows(program: Command): void {
  const flows = program.command('flows').description('conversation flows');
  flows
    .command('test')
    .description('run the stories of every flow')
    .option('--flow <name>', 'only this flow')
    .option('--verbose', 'show every story’s transcript')
    .option('--watch', 'again whenever a file of the flows changes')
    .action(async ({ watch, ...options }) => {
      const { flowsTest, flowsWatch } = await import('../flows/cli.ts');
      if (watch) flowsWatch(options);
      else process.exitCode = await flowsTest(options);
    });
  flows
    .command('check')
    .description('report every fault in the flows, and labels that a channel cannot show')
    .action(async () => {
      const { flowsCheck } = await import('../flows/cli.ts');
      process.exitCode = await flowsCheck({ limits: await limitsOfChannels() });
    });
  flows
    .command('record <conversation>')
    .description('print a conversation that was held as a story, personal data replaced')
    .action(async (id) => {
      const { storyOf } = await import('../flows/cli.ts');
      process.stdout.write(storyOf(await held(id)));
      process.stderr.write(
        'Read it through before keeping it: what people wrote about themselves in other words is still there.\n',
      );
    });
}

async function limitsOfChannels() {
  const { channels } = await import('../channels/index.ts');
  const all = await Promise.all(Object.values(channels).map((load) => load()));
  return Object.fromEntries(
    all
      .filter(({ audience }) => audience === 'customer')
      .map(({ name, capabilities }) => [name, capabilities]),
  );
}

async function held(conversationId: string) {
  const { withBus } = await import('./bus.ts');
  const { getConversation, listMessages } = await import('../domain/conversations/contract.ts');
  return withBus(async (bus, caller) => {
    const { channel, name, identities } = await bus.query(getConversation, { conversationId }, caller);
    const messages: Awaited<ReturnType<typeof page>> = [];
    const page = async (after: number) =>
      (await bus.query(listMessages, { conversationId, after, limit: 200 }, caller)).items;
    for (let more = await page(0); more.length; more = await page(messages.at(-1)!.seq))
      messages.push(...more);
    return { id: conversationId, channel, name, identities, messages };
  });
}
