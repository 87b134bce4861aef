import { defineModule } from '../../core/define.ts';
import { bindFilesHandler, retryFileHandler, settleFileHandler } from './commands/files.ts';
import { fileChanged } from './contract.ts';
import { sweepFiles } from './jobs.ts';
import { listFilesHandler, uploadedFilesHandler } from './queries/files.ts';
import { subscribers } from './subscribers.ts';

export const files = defineModule({
  name: 'files',
  summary:
    'Files of conversations: each content once, sealed, scanned for viruses, opened by who may see the talk',
  handlers: [listFilesHandler, retryFileHandler, bindFilesHandler, uploadedFilesHandler, settleFileHandler],
  events: [fileChanged],
  subscribers,
  jobs: [sweepFiles],
});
