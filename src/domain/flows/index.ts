import { defineModule } from '../../core/define.ts';
import { draftHandlers } from './commands/draft.ts';
import { publishHandlers } from './commands/publish.ts';
import { startFlowHandler } from './commands/start.ts';
import { flowPublished } from './contract.ts';
import type { FlowWorkshop } from './port.ts';
import { flowHandlers } from './queries/flows.ts';
import { funnelHandler } from './queries/funnel.ts';
import { subscribers } from './subscribers.ts';

/** @param workshop the conversation engine's; asked only when a request is served. */
export const flows = (workshop: () => FlowWorkshop) =>
  defineModule({
    name: 'flows',
    summary: 'Conversation flows: versions, drafts, trying out, and how far conversations come in them',
    handlers: [
      ...flowHandlers(workshop),
      ...draftHandlers(workshop),
      ...publishHandlers(workshop),
      funnelHandler(workshop),
      startFlowHandler,
    ],
    events: [flowPublished],
    subscribers,
  });
