import { defineDataset } from '../../core/dataset.ts';
import { MessageModel } from './model/message.ts';

/** What colleagues write themselves; the bot's own messages are nobody's work. */
export const messageDataset = defineDataset({
  name: 'messages',
  label: 'Messages',
  subject: 'Conversation',
  model: MessageModel,
  dimensions: { caller: { field: 'assigneeId' } },
  measures: [
    {
      name: 'email.sent',
      label: 'Emails sent',
      words: ['emails sent', 'emails', 'mails', 'e-mails'],
      at: 'at',
      where: () => ({ assigneeId: { $exists: true }, channel: 'email' }),
    },
    {
      name: 'message.sent',
      label: 'Messages sent',
      words: ['messages sent', 'messages', 'chats'],
      at: 'at',
      where: () => ({ assigneeId: { $exists: true } }),
    },
  ],
  columns: [
    { key: 'at', label: 'When', field: 'at', kind: 'time' },
    { key: 'by', label: 'By', field: 'assigneeId', kind: 'text', person: true },
    { key: 'channel', label: 'Channel', field: 'channel', kind: 'text' },
    { key: 'text', label: 'Text', field: 'text', kind: 'text' },
  ],
});
