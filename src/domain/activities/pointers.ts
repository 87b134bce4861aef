import { definePointer, type Pointer } from '../../core/merging.ts';
import { CallModel, FollowUpModel, NoteModel } from './model.ts';

const onLead = {
  contact: { field: 'contactId', via: 'lead' },
  lead: { field: 'leadId' },
  repeats: { number: 'leadNumber', name: 'leadName' },
  owned: true,
} as const;

export const activityPointers: Pointer[] = [
  definePointer({ name: 'calls', model: CallModel, ...onLead }),
  definePointer({ name: 'followups', model: FollowUpModel, ...onLead }),
  definePointer({ name: 'notes', model: NoteModel, ...onLead }),
];
