/**
 * Questions to the language layer, kept until they are answered: asked in a transaction, so that one which does not
 * commit asks nothing; answered outside of any, by the layer's assistant; the answer is an event like any other.
 */
import mongoose, { Schema } from 'mongoose';

export type QuestionKind = 'understand' | 'summarise' | 'draft' | 'answer';

export type Question = {
  /** `<conversation>:<message>`, and what else than to understand is wanted: asked about once. */
  _id: string;
  kind: QuestionKind;
  conversationId: string;
  /** What the answer is about: an event of the conversation, or the wish for a summary or a draft. */
  messageId: string;
  /** What the task takes: see the layer's tasks. */
  input: Record<string, unknown>;
  /** What stands if the model is of no help. */
  offline?: unknown;
  askedAt: Date;
  /** Not before; moved on while somebody asks. */
  dueAt: Date;
};

const schema = new Schema<Question>(
  {
    _id: String,
    kind: { type: String, required: true },
    conversationId: { type: String, required: true },
    messageId: { type: String, required: true },
    input: { type: Schema.Types.Mixed, required: true },
    offline: Schema.Types.Mixed,
    askedAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ dueAt: 1 });
export const QuestionModel = mongoose.model<Question>('LlmQuestion', schema, 'llmQuestions');

export const questionId = ({
  conversationId,
  messageId,
  kind,
}: Pick<Question, 'conversationId' | 'messageId' | 'kind'>): string =>
  [conversationId, messageId, ...(kind === 'understand' ? [] : [kind])].join(':');

/** To be called in the transaction of whoever asks. */
export async function askLater({
  kind = 'understand',
  ...question
}: Omit<Question, '_id' | 'dueAt' | 'kind'> & { kind?: QuestionKind }): Promise<void> {
  const { askedAt } = question;
  const _id = questionId({ ...question, kind });
  await QuestionModel.updateOne(
    { _id },
    { $setOnInsert: { ...question, kind, dueAt: askedAt } },
    { upsert: true },
  );
}
