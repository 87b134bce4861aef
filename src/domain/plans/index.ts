import { defineModule } from '../../core/define.ts';
import { previewPlanHandler, runPlanHandler } from './run.ts';
import { listPlansHandler, savePlansHandler } from './settings.ts';

export const plans = defineModule({
  name: 'plans',
  summary: 'Follow-ups that come by themselves: by criteria, once or again and again',
  handlers: [listPlansHandler, savePlansHandler, previewPlanHandler, runPlanHandler],
});
