import type { Receipt, ReceiptStatus } from '../../core/messaging.ts';
import { createWrites, type Writes } from '../../core/writes.ts';
import { MessageModel } from './model/message.ts';
import { type OutboxDocument, OutboxModel, type OutboxStatus } from './model/outbox.ts';
import { isForward } from './rules.ts';

export type Outcome = {
  providerId?: string;
  error?: string;
  errorKind?: string;
  /** Nothing that a person could do anything about: it does not stand among what was missed. */
  untroubling?: boolean;
};

const statuses: OutboxStatus[] = ['queued', 'sending', 'ambiguous', 'sent', 'delivered', 'read', 'failed'];

export type Settled = {
  entry: Pick<OutboxDocument, '_id' | 'messageId'>;
  status: ReceiptStatus;
  outcome: Outcome;
};
export async function settleAll(ended: Settled[]): Promise<Settled[]> {
  const writes = createWrites();
  for (const { entry, status, outcome } of ended) settle(writes, entry, status, outcome);
  await writes.flush();
  return ended;
}

/** Records how a send ended, on the entry and on the transcript's line. Only ever forward. */
export function settle(
  writes: Writes,
  { _id, messageId }: Pick<OutboxDocument, '_id' | 'messageId'>,
  status: ReceiptStatus,
  { providerId, error, errorKind, untroubling }: Outcome,
): void {
  const failed = status === 'failed';
  const before = statuses.filter((from) => isForward(from, status));
  writes.update(
    OutboxModel,
    { _id, status: { $in: before } },
    {
      $set: {
        status,
        ...(providerId && { providerId }),
        ...(error && { error }),
        ...(errorKind && { errorKind }),
        ...(failed && !untroubling && { trouble: true }),
      },
      $unset: { open: 1, ...(!failed && { trouble: 1, error: 1, errorKind: 1 }) },
    },
  );
  // A receipt may overtake the provider's own answer, which still tells the id.
  if (providerId)
    writes.update(OutboxModel, { _id, providerId: { $exists: false } }, { $set: { providerId } });
  if (messageId)
    writes.update(
      MessageModel,
      { _id: messageId, status: { $in: before } },
      { $set: { status, ...(error && { error }) } },
    );
}

export async function applyReceipts(receipts: Receipt[]): Promise<void> {
  const writes = createWrites();
  for (const receipt of receipts) {
    const entry = await find(receipt);
    const { providerId, error } = receipt;
    if (entry)
      settle(writes, entry, receipt.status, {
        ...(providerId && { providerId }),
        ...(error && { error, errorKind: 'recipient' }),
      });
  }
  await writes.flush();
}

async function find({ channel, account, ref, providerId }: Receipt): Promise<OutboxDocument | null> {
  const byRef = ref ? await OutboxModel.findOne({ _id: ref, channel, account }).lean() : null;
  return byRef ?? (providerId ? OutboxModel.findOne({ channel, account, providerId }).lean() : null);
}
