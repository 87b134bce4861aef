import { coalesce } from '../../core/coalesce.ts';
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
function settle(
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

/** Providers tell of each message two or three times, mostly at once; nobody waits for it but they. */
const togetherMs = 25;

/** What providers report of messages that went out; resolves when it is durable. Of many at once, in one write. */
export function createReceipts(): (receipts: Receipt[]) => Promise<void> {
  return coalesce<Receipt[], void>(
    async (lists) => {
      await applyReceipts(lists.flat());
      return lists.map(() => undefined);
    },
    { most: 100, lingerMs: togetherMs },
  );
}

async function applyReceipts(receipts: Receipt[]): Promise<void> {
  const entryOf = await entriesOf(receipts);
  const writes = createWrites();
  for (const receipt of receipts) {
    const entry = entryOf(receipt);
    const { providerId, error } = receipt;
    if (entry)
      settle(writes, entry, receipt.status, {
        ...(providerId && { providerId }),
        ...(error && { error, errorKind: 'recipient' }),
      });
  }
  await writes.flush();
}

type Reported = Pick<OutboxDocument, '_id' | 'channel' | 'account' | 'messageId' | 'providerId'>;
const reported = { channel: 1, account: 1, messageId: 1, providerId: 1 };

/** What the receipts are about: by the id that we sent along, else by the provider's. */
async function entriesOf(receipts: Receipt[]): Promise<(receipt: Receipt) => Reported | undefined> {
  const refs = new Set(receipts.flatMap(({ ref }) => ref ?? []));
  const byRef = new Map((await find({ _id: { $in: [...refs] } }, refs.size)).map((row) => [row._id, row]));
  const own = ({ ref, channel, account }: Receipt): Reported | undefined => {
    const row = ref ? byRef.get(ref) : undefined;
    return row?.channel === channel && row.account === account ? row : undefined;
  };
  const others = Map.groupBy(
    receipts.filter((receipt) => receipt.providerId && !own(receipt)),
    placeOf,
  );
  const byProvider = new Map<string, Reported>();
  for (const [place, group] of others) {
    const { channel, account } = group[0]!;
    const ids = new Set(group.map(({ providerId }) => providerId!));
    for (const row of await find({ channel, account, providerId: { $in: [...ids] } }, ids.size))
      byProvider.set(`${place}:${row.providerId}`, row);
  }
  return (receipt) => own(receipt) ?? byProvider.get(`${placeOf(receipt)}:${receipt.providerId}`);
}

const find = async (filter: object, count: number): Promise<Reported[]> =>
  count ? OutboxModel.find(filter, reported).lean() : [];

const placeOf = ({ channel, account }: Receipt): string => `${channel}:${account}`;
