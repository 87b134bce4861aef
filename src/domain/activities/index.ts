import { defineModule } from '../../core/define.ts';
import { logCallHandler, removeCallHandler } from './commands/calls.ts';
import {
  cancelFollowUpHandler,
  followUpDoneHandler,
  setFollowUpHandler,
  tellFollowUpHandler,
} from './commands/followups.ts';
import { addNoteHandler, assignActivitiesHandler, removeNoteHandler } from './commands/notes.ts';
import { requestFollowUpHandler } from './commands/request.ts';
import {
  callLogged,
  followUpClosed,
  followUpDue,
  followUpRequested,
  followUpSet,
  noteAdded,
} from './contract.ts';
import { callDataset } from './dataset.ts';
import { listCallsHandler, listFollowUpsHandler } from './queries/activities.ts';
import { subscribers } from './subscribers.ts';

export const activities = defineModule({
  name: 'activities',
  summary: 'Calls, follow-ups and notes on leads',
  handlers: [
    logCallHandler,
    removeCallHandler,
    listCallsHandler,
    setFollowUpHandler,
    followUpDoneHandler,
    cancelFollowUpHandler,
    listFollowUpsHandler,
    tellFollowUpHandler,
    requestFollowUpHandler,
    addNoteHandler,
    removeNoteHandler,
    assignActivitiesHandler,
  ],
  events: [callLogged, followUpSet, followUpDue, followUpClosed, followUpRequested, noteAdded],
  subscribers,
  datasets: [callDataset],
});
