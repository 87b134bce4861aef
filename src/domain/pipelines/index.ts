import { defineModule } from '../../core/define.ts';
import { revertPipelineHandler, savePipelineHandler, usePipelineHandler } from './commands.ts';
import { pipelineChanged } from './contract.ts';
import { moveOnHandler } from './move-on.ts';
import { listPipelinesHandler } from './view.ts';

export const pipelines = defineModule({
  name: 'pipelines',
  summary: 'Lead pipelines: stages, allowed moves, lost reasons, and where leads go when a stage ends',
  handlers: [
    listPipelinesHandler,
    savePipelineHandler,
    usePipelineHandler,
    revertPipelineHandler,
    moveOnHandler,
  ],
  events: [pipelineChanged],
});
