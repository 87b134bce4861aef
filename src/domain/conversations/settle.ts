import type { Receipt, ReceiptStatus } from '../../core/messaging.ts';
import { MessageModel } from './model/message.ts';
import { type OutboxDocument, OutboxModel } from './model/outbox.ts';
import { isForward } from './rules.ts';

type Outcome = { providerId?: string; error?: string; errorKind?: string };

/** Records how a send ended, on the entry and on the transcript's line. Only ever forward. */
export async function settle(entry: OutboxDocument, status: ReceiptStatus, { providerId, error, errorKind }: Outcome): Promise<void> {
  const failed = status === 'failed';
  const known = ['queued', 'sending', 'ambiguous', 'sent', 'delivered', 'read', 'failed'] as const;
  const before = known.filter((from) => isForward(from, status));
  const { matchedCount } = await OutboxModel.updateOne(
    { _id: entry._id, status: { $in: before } },
    {
      $set: { status, ...(providerId && { providerId }), ...(error && { error }), ...(errorKind && { errorKind }), ...(failed && { trouble: true }) },
      $unset: { open: 1, claimedUntil: 1, ...(!failed && { trouble: 1, error: 1, errorKind: 1 }) },
    },
  );
  // A receipt overtook the provider's own answer: the answer still tells the id.
  if (!matchedCount && providerId) await OutboxModel.updateOne({ _id: entry._id, providerId: { $exists: false } }, { $set: { providerId } });
  if (matchedCount && entry.messageId) await MessageModel.updateOne({ _id: entry.messageId }, { $set: { status, ...(error && { error }) } });
}

/** @returns conversations whose transcript changed. */
export async function applyReceipts(receipts: Receipt[]): Promise<string[]> {
  const touched = new Set<string>();
  for (const receipt of receipts) {
    const entry = await find(receipt);
    if (!entry) continue;
    await settle(entry, receipt.status, { ...(receipt.providerId && { providerId: receipt.providerId }), ...(receipt.error && { error: receipt.error, errorKind: 'recipient' }) });
    if (entry.conversationId) touched.add(entry.conversationId);
  }
  return [...touched];
}

async function find({ channel, account, ref, providerId }: Receipt): Promise<OutboxDocument | null> {
  const byRef = ref ? await OutboxModel.findOne({ _id: ref, channel, account }).lean() : null;
  return byRef ?? (providerId ? OutboxModel.findOne({ channel, account, providerId }).lean() : null);
}
