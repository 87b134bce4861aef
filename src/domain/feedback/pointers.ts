import { definePointer } from '../../core/merging.ts';
import { FeedbackModel } from './model.ts';

export const feedbackPointer = definePointer({
  name: 'feedback',
  model: FeedbackModel,
  contact: { field: 'contactId' },
  conversation: 'conversationId',
});
