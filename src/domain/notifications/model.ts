import mongoose, { Schema } from 'mongoose';
import type { NotificationRule } from '../../core/config-schema.ts';
import type { CardButton } from '../../core/messaging.ts';

/** What one person was told, once. */
export type NotificationDocument = {
  _id: string;
  /** event : rule : user. Unique: nobody is told the same thing twice. */
  key: string;
  userId: string;
  at: Date;
  rule: string;
  title: string;
  text: string;
  leadId?: string;
  link?: string;
  buttons: CardButton[];
  popup: boolean;
  read: boolean;
};
const schema = new Schema<NotificationDocument>(
  {
    _id: String,
    key: { type: String, required: true },
    userId: { type: String, required: true },
    at: { type: Date, required: true },
    rule: String,
    title: String,
    text: String,
    leadId: String,
    link: String,
    buttons: [{ type: Schema.Types.Mixed }],
    popup: { type: Boolean, default: false },
    read: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ userId: 1, _id: -1 });
schema.index({ userId: 1, read: 1, _id: -1 });
export const NotificationModel = mongoose.model<NotificationDocument>(
  'Notification',
  schema,
  'notifications',
);

/** A version of a rule, made in the console; the highest one counts. `rule` is whole, so that any can be returned to. */
export type RuleVersionDocument = {
  _id: string;
  key: string;
  version: number;
  rule: NotificationRule;
  by: string;
  at: Date;
};
const ruleSchema = new Schema<RuleVersionDocument>(
  {
    _id: String,
    key: { type: String, required: true },
    version: { type: Number, required: true },
    rule: { type: Schema.Types.Mixed, required: true },
    by: String,
    at: Date,
  },
  { versionKey: false, minimize: false },
);
ruleSchema.index({ key: 1, version: -1 }, { unique: true });
export const RuleVersionModel = mongoose.model<RuleVersionDocument>(
  'NotificationRuleVersion',
  ruleSchema,
  'notification_rules',
);
