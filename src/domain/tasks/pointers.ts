import { definePointer } from '../../core/merging.ts';
import { TaskModel } from './model.ts';

/** A task stays with whoever has it, whosever the client is. */
export const taskPointer = definePointer({
  name: 'tasks',
  model: TaskModel,
  contact: { field: 'contactId' },
  lead: { field: 'leadId' },
});
