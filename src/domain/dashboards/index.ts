import { defineModule } from '../../core/define.ts';
import { goalSet } from './contract.ts';
import { getDashboardHandler, saveDashboardHandler } from './dashboard.ts';
import { listGoalsHandler, setGoalHandler } from './goals.ts';

export const dashboards = defineModule({
  name: 'dashboards',
  summary: 'Everybody’s own figures and charts, and goals against actuals',
  handlers: [getDashboardHandler, saveDashboardHandler, listGoalsHandler, setGoalHandler],
  events: [goalSet],
});
