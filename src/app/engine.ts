/** The conversation engine in this process, which takes over flows and pipelines as soon as they are changed. */
import type { Accounts } from '../channels/accounts.ts';
import { previewOf } from '../channels/preview.ts';
import { flowPublished } from '../domain/flows/contract.ts';
import { pipelineChanged } from '../domain/pipelines/contract.ts';
import { loadPipelines } from '../domain/pipelines/pipelines.ts';
import { type ConversationEngine, createConversationEngine } from '../flows/index.ts';
import { needsOpinion } from '../llm/when.ts';
import type { Kernel } from './kernel.ts';

/** `accounts` is asked during a turn: they are opened after the engine. */
type Given = { assisted: boolean; accounts: () => Accounts };

export async function createEngine(
  { config, clock }: Kernel,
  { assisted, accounts }: Given,
): Promise<ConversationEngine> {
  const helps = (task: (typeof config.app.llm.tasks)[number]) =>
    assisted && config.app.llm.tasks.includes(task);
  return createConversationEngine({
    config,
    now: clock.now(),
    windowOf: (name) => {
      const open = accounts()
        .all()
        .find(({ channel }) => channel.name === name);
      return open && (open.account.capabilities ?? open.channel.capabilities).windowHours;
    },
    preview: previewOf,
    ...(helps('understand') && { needsOpinion }),
    phrases: helps('answer'),
  });
}

export function followChanges({ config, live, log }: Kernel, engine?: ConversationEngine): void {
  const later = (what: string) => (err: unknown) =>
    log.warn({ err }, `${what} were not taken over; the next start does it`);
  live.subscribe(
    ({ name }) => {
      if (name === flowPublished.name) engine?.workshop.refresh().catch(later('flows'));
      if (name === pipelineChanged.name) loadPipelines(config).catch(later('pipelines'));
    },
    [flowPublished.name, pipelineChanged.name],
  );
}
