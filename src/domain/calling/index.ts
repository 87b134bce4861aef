import { defineModule } from '../../core/define.ts';
import { endSessionHandler, nextToRingHandler, skipLeadHandler } from './commands.ts';

import { logSaidHandler, understandCallHandler } from './commands-said.ts';

export const calling = defineModule({
  name: 'calling',
  summary: 'Calling sessions: one lead after another, never the same to two callers at once',
  handlers: [nextToRingHandler, skipLeadHandler, endSessionHandler, understandCallHandler, logSaidHandler],
});
