import mongoose, { Schema } from 'mongoose';
import type { feedbackSubjects } from './contract.ts';

export type FeedbackDocument = {
  _id: string;
  at: Date;
  rating: number;
  comment?: string;
  about: (typeof feedbackSubjects)[number];
  name?: string;
  contactId?: string;
  conversationId: string;
  ticketId?: string;
  assigneeId: string | null;
  teamIds: string[];
};
const schema = new Schema<FeedbackDocument>(
  {
    _id: String,
    at: { type: Date, required: true },
    rating: { type: Number, required: true },
    comment: String,
    about: { type: String, required: true },
    name: String,
    contactId: String,
    conversationId: { type: String, required: true },
    ticketId: String,
    assigneeId: { type: String, default: null },
    teamIds: [String],
  },
  { versionKey: false },
);
for (const owner of [{}, { assigneeId: 1 }] as Record<string, 1>[]) {
  // Without an owner this is the index that every collection has.
  if (owner.assigneeId) schema.index({ ...owner, _id: -1 });
  schema.index({ ...owner, about: 1, _id: -1 });
}
schema.index({ contactId: 1 });
export const FeedbackModel = mongoose.model<FeedbackDocument>('Feedback', schema, 'feedback');
