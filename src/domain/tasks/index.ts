import { defineModule } from '../../core/define.ts';
import { autoTaskHandler, giveTaskHandler, repeatTaskHandler, tellTaskHandler } from './commands/give.ts';
import { updateTaskHandler } from './commands/update.ts';
import {
  cancelTaskHandler,
  commentTaskHandler,
  declineTaskHandler,
  finishTaskHandler,
  reopenTaskHandler,
  startTaskHandler,
} from './commands/work.ts';
import { taskChanged, taskGiven, taskMoved } from './contract.ts';
import { taskDataset } from './dataset.ts';
import { taskPointer } from './pointers.ts';
import { getTaskHandler, listTasksHandler, taskPeopleHandler, taskViewsHandler } from './queries/tasks.ts';
import { listTaskRulesHandler, saveTaskRulesHandler } from './settings.ts';
import { taskSubscribers } from './subscribers.ts';

export const tasks = defineModule({
  name: 'tasks',
  summary: 'Tasks from anyone to anyone, with their workflow, report and series; tasks that follow by rule',
  handlers: [
    listTasksHandler,
    taskViewsHandler,
    getTaskHandler,
    taskPeopleHandler,
    giveTaskHandler,
    startTaskHandler,
    finishTaskHandler,
    declineTaskHandler,
    reopenTaskHandler,
    cancelTaskHandler,
    updateTaskHandler,
    commentTaskHandler,
    autoTaskHandler,
    tellTaskHandler,
    repeatTaskHandler,
    listTaskRulesHandler,
    saveTaskRulesHandler,
  ],
  events: [taskGiven, taskMoved, taskChanged],
  subscribers: taskSubscribers,
  datasets: [taskDataset],
  pointers: [taskPointer],
});
