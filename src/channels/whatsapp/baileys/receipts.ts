/** Baileys' updates of our messages → receipts. Pure. */
import type { WAMessageUpdate } from '@whiskeysockets/baileys';
import type { DriverReceipt } from '../linked/contract.ts';

/** proto.WebMessageInfo.Status: 2 the server has it, 3 the phone, 4 read, 5 played. */
const statuses: Record<number, DriverReceipt['status']> = {
  0: 'failed',
  2: 'sent',
  3: 'delivered',
  4: 'read',
  5: 'read',
};

export function receiptsOf(updates: WAMessageUpdate[]): DriverReceipt[] {
  return updates.flatMap(({ key, update }) => {
    const status = typeof update.status === 'number' ? statuses[update.status] : undefined;
    if (!status || !key.fromMe || !key.id) return [];
    const at = Number(update.messageTimestamp ?? 0) * 1000 || Date.now();
    const error = status === 'failed' ? refusalInWords(update.messageStubParameters?.[0]) : undefined;
    return [{ id: key.id, status, at, ...(error && { error }) }];
  });
}

/** What WhatsApp's server says against a message. */
export const refusalInWords = (code: string | null | undefined): string =>
  code === '463'
    ? 'WhatsApp does not let this number begin new chats for now (463)'
    : `WhatsApp refused the message (${code ?? 'without a reason'})`;
