import { definePointer } from '../../core/merging.ts';
import { TimelineModel } from './model.ts';

export const timelinePointer = definePointer({
  name: 'timeline',
  model: TimelineModel,
  contact: { field: 'contactId' },
  lead: { field: 'leadId', within: 'contact' },
  conversation: 'conversationId',
});
