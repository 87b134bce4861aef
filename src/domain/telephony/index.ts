import { defineModule } from '../../core/define.ts';
import { giveLineHandler, listLinesHandler, removeLineHandler } from './commands/lines.ts';
import {
  keepFetchedHandler,
  listenToHandler,
  playRecordingHandler,
  retryRecordingHandler,
} from './commands/recordings.ts';
import { closeCallHandler, takeReportHandler } from './commands/report.ts';
import { withheldMissed } from './contract-withheld.ts';
import { settleWithheldHandler, unsettleWithheldHandler, withheldCallsHandler } from './withheld.ts';

export const telephony = defineModule({
  name: 'telephony',
  summary: 'Calls as the telephone reports them, whose lines are whose, recordings',
  handlers: [
    takeReportHandler,
    closeCallHandler,
    giveLineHandler,
    removeLineHandler,
    listLinesHandler,
    listenToHandler,
    playRecordingHandler,
    retryRecordingHandler,
    keepFetchedHandler,
    withheldCallsHandler,
    settleWithheldHandler,
    unsettleWithheldHandler,
  ],
  events: [withheldMissed],
});
