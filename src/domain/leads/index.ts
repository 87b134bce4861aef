import type { Catalogue } from '../../core/catalogue.ts';
import { defineModule } from '../../core/define.ts';
import { assignLeadHandler, handOffLeadHandler, takeBackLeadHandler } from './commands/assign.ts';
import {
  leadsOfContactsHandler,
  openLeadsHandler,
  reachableLeadsHandler,
  reopenLeadsHandler,
  rewindLeadsHandler,
  touchLeadsHandler,
} from './commands/bulk.ts';
import { createLeadHandler, updateLeadHandler } from './commands/edit.ts';
import { exportLeadsHandler } from './commands/export.ts';
import { mergeLeadHandlers } from './commands/merge.ts';
import { moveLeadHandler, restoreLeadHandler } from './commands/move.ts';
import { countLeadsByStageHandler, moveLeadsOnHandler } from './commands/move-on.ts';
import { checkAttemptedHandler, openLeadHandler, reengageLeadHandler } from './commands/open.ts';
import { placeLeadHandler } from './commands/place.ts';
import { touchLeadHandler } from './commands/touch.ts';
import {
  leadAssigned,
  leadChanged,
  leadCreated,
  leadMerged,
  leadMoved,
  leadNotAttempted,
  leadReengaged,
  leadSuspected,
  leadUnmerged,
} from './contract.ts';
import { leadDataset } from './dataset.ts';
import { leadPointer } from './pointers.ts';
import { leadsByAgeHandler } from './queries/by-age.ts';
import { callableLeadsHandler } from './queries/callable.ts';
import { exportPageHandler } from './queries/export.ts';
import {
  findLeadsHandler,
  getLeadHandler,
  leadByNumberHandler,
  lookUpLeadsHandler,
  myDayHandler,
  silentLeadsHandler,
} from './queries/get.ts';
import { listLeadsHandler } from './queries/list.ts';
import {
  dropLeadViewHandler,
  keepLeadViewHandler,
  leadViewsHandler,
  showLeadViewHandler,
} from './queries/views.ts';
import { replanSubscriber } from './replan.ts';
import { suspicionSubscriber } from './suspicion.ts';

/** @param catalogue says what points at a lead */
export const leads = (catalogue: () => Catalogue) =>
  defineModule({
    name: 'leads',
    summary: 'Leads in the pipeline: lists, stages, assignment',
    handlers: [
      listLeadsHandler,
      leadViewsHandler,
      myDayHandler,
      callableLeadsHandler,
      getLeadHandler,
      findLeadsHandler,
      leadByNumberHandler,
      lookUpLeadsHandler,
      silentLeadsHandler,
      leadsByAgeHandler,
      placeLeadHandler,
      keepLeadViewHandler,
      dropLeadViewHandler,
      showLeadViewHandler,
      createLeadHandler,
      updateLeadHandler,
      moveLeadHandler,
      moveLeadsOnHandler,
      countLeadsByStageHandler,
      restoreLeadHandler,
      assignLeadHandler,
      handOffLeadHandler,
      takeBackLeadHandler,
      openLeadHandler,
      reengageLeadHandler,
      touchLeadHandler,
      checkAttemptedHandler,
      leadsOfContactsHandler,
      reachableLeadsHandler,
      openLeadsHandler,
      reopenLeadsHandler,
      touchLeadsHandler,
      rewindLeadsHandler,
      ...mergeLeadHandlers(catalogue),
      exportLeadsHandler,
      exportPageHandler,
    ],
    datasets: [leadDataset],
    pointers: [leadPointer],
    subscribers: [replanSubscriber, suspicionSubscriber],
    events: [
      leadCreated,
      leadReengaged,
      leadAssigned,
      leadMoved,
      leadChanged,
      leadNotAttempted,
      leadSuspected,
      leadMerged,
      leadUnmerged,
    ],
  });
