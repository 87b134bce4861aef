/** What the database holds at the end, and what it ought to hold. */
import { EventModel } from '../../src/core/events.ts';
import { AppointmentModel } from '../../src/domain/appointments/model.ts';
import { ConversationModel } from '../../src/domain/conversations/model/conversation.ts';
import { InboxModel } from '../../src/domain/conversations/model/inbox.ts';
import { MessageModel } from '../../src/domain/conversations/model/message.ts';
import { OutboxModel } from '../../src/domain/conversations/model/outbox.ts';
import { EnquiryModel } from '../../src/domain/enquiries/model.ts';
import { LeadModel } from '../../src/domain/leads/model.ts';
import { testApp } from '../support/app.ts';
import type { Script } from './customers.ts';

/** Transcripts by the customer's telephone number: `in hello`, `out Welcome…`. */
export type Transcripts = Record<string, string[]>;

export async function readRecords() {
  const leads = await LeadModel.find().sort({ number: 1 }).lean();
  const enquiries = await EnquiryModel.find().lean();
  return {
    waiting: {
      inbox: await InboxModel.countDocuments({ status: 'pending' }),
      dead: await InboxModel.countDocuments({ status: 'dead' }),
      outbox: await OutboxModel.countDocuments({ open: true }),
      events: await EventModel.countDocuments({ open: true }),
    },
    enquiriesPerConversation: [
      ...Map.groupBy(enquiries, ({ conversationId }) => conversationId).values(),
    ].map(({ length }) => length),
    leadPhones: leads.map(({ phone }) => phone).sort(),
    leadNumbers: leads.map(({ number }) => number),
    appointments: await AppointmentModel.countDocuments(),
    transcripts: await readTranscripts(),
  };
}

async function readTranscripts(): Promise<Transcripts> {
  const transcripts: Transcripts = {};
  for (const { _id, contactId } of await ConversationModel.find().lean()) {
    const lead = await LeadModel.findOne({ contactId }).lean();
    const lines = await MessageModel.find({ conversationId: _id }).sort({ seq: 1 }).lean();
    transcripts[lead?.phone ?? _id] = lines.map(({ direction, text }) => `${direction} ${text}`);
  }
  return transcripts;
}

/** The same talks on a server that nobody kills. */
export async function expectedTranscripts(
  talks: { script: Script; kind: 'web' | 'whatsapp' }[],
  now: string,
): Promise<Transcripts> {
  const app = await testApp({ now });
  await app.start();
  for (const { script, kind } of talks) {
    const who =
      kind === 'web'
        ? {
            channel: 'webchat',
            account: 'website',
            thread: `v${script.phone}`,
            from: [{ scheme: 'visitor' as const, value: script.phone }],
          }
        : {
            channel: 'whatsapp',
            account: 'main',
            thread: script.phone.slice(1),
            from: [{ scheme: 'phone' as const, value: script.phone }],
            name: script.name,
          };
    for (const line of script.lines) if (kind === 'web' || line !== script.phone) await app.say(line, who);
  }
  const transcripts = await readTranscripts();
  await app.dispose();
  return transcripts;
}
