import { defineModule } from '../../core/define.ts';
import { logCallHandler, removeCallHandler } from './commands/calls.ts';
import {
  cancelFollowUpHandler,
  followUpDoneHandler,
  setFollowUpHandler,
  tellFollowUpHandler,
} from './commands/followups.ts';
import { joinFollowUpsHandler, partFollowUpsHandler } from './commands/merging.ts';
import { addNoteHandler, assignActivitiesHandler, removeNoteHandler } from './commands/notes.ts';
import { unmarkNumberHandler } from './commands/numbers.ts';
import { markRecordingHandler, reportCallHandler } from './commands/reported.ts';
import { requestFollowUpHandler } from './commands/request.ts';
import {
  callLogged,
  callMissed,
  callRecorded,
  followUpClosed,
  followUpDue,
  followUpRequested,
  followUpSet,
  noteAdded,
} from './contract.ts';
import { callDataset } from './dataset.ts';
import { activityPointers } from './pointers.ts';
import { listCallsHandler, listFollowUpsHandler } from './queries/activities.ts';
import { getCallHandler, missedCallsHandler, numberMarksHandler } from './queries/telephone.ts';
import { replanFollowUpsHandler, replanSubscriber } from './replan.ts';
import { subscribers } from './subscribers.ts';

export const activities = defineModule({
  name: 'activities',
  summary: 'Calls, follow-ups and notes on leads',
  handlers: [
    replanFollowUpsHandler,
    logCallHandler,
    removeCallHandler,
    listCallsHandler,
    missedCallsHandler,
    getCallHandler,
    reportCallHandler,
    markRecordingHandler,
    numberMarksHandler,
    unmarkNumberHandler,
    setFollowUpHandler,
    followUpDoneHandler,
    cancelFollowUpHandler,
    listFollowUpsHandler,
    tellFollowUpHandler,
    joinFollowUpsHandler,
    partFollowUpsHandler,
    requestFollowUpHandler,
    addNoteHandler,
    removeNoteHandler,
    assignActivitiesHandler,
  ],
  pointers: activityPointers,
  events: [
    callLogged,
    callMissed,
    callRecorded,
    followUpSet,
    followUpDue,
    followUpClosed,
    followUpRequested,
    noteAdded,
  ],
  subscribers: [...subscribers, replanSubscriber],
  datasets: [callDataset],
});
