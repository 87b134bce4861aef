/**
 * A delivery receipt: TLVs where the SMSC gives them, else the text that SMPP 3.4 proposes in appendix B and that every
 * SMSC spells a little differently. Pure.
 */
import type { Pdu } from 'smpp';
import type { ReceiptStatus } from '../../../core/messaging.ts';

export type SmppReceipt = {
  id?: string;
  /** Absent: on its way, or nothing that moves a message. */
  status?: ReceiptStatus;
  error?: string;
  /** The beginning of the message that it tells of, where it repeats that. */
  text?: string;
};

/** SMPP 3.4, 5.2.28 and appendix B. */
const byWord: Record<string, ReceiptStatus> = {
  DELIVRD: 'delivered',
  ACCEPTD: 'sent',
  ENROUTE: 'sent',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
};
const byState: Record<number, string> = {
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  8: 'REJECTD',
};
const why: Record<string, string> = {
  EXPIRED: 'The telephone was not reached in time.',
  DELETED: 'The network deleted the message.',
  UNDELIV: 'It could not be delivered.',
  REJECTD: 'The network refused the message.',
};

export const isReceipt = ({ esm_class: esm = 0, receipted_message_id }: Pdu): boolean =>
  (esm & 0x3c) === 0x04 || (esm & 0x3c) === 0x20 || receipted_message_id !== undefined;

export function readReceipt(pdu: Pdu, text: string): SmppReceipt {
  const field = (name: string) => new RegExp(`\\b${name}:\\s*(\\S+)`, 'i').exec(text)?.[1];
  const word = byState[pdu.message_state ?? 0] ?? field('stat')?.toUpperCase().slice(0, 7) ?? '';
  const status = byWord[word];
  const id = pdu.receipted_message_id || field('id');
  const code = field('err');
  const said = /\btext:(.*)$/is.exec(text)?.[1];
  return {
    ...(id && { id }),
    ...(status && { status }),
    ...(status === 'failed' && { error: `${why[word]}${code && !/^0+$/.test(code) ? ` (${code})` : ''}` }),
    ...(said && { text: said }),
  };
}

/** One spelling for an id, wherever it stands: in the answer to a message, or in its receipt. */
export function idOf(id: string, where: 'answer' | 'receipt', spelling: 'same' | 'decimal'): string {
  const clean = id.trim();
  if (spelling === 'same' || !clean) return clean;
  const isHex = where === 'answer' && /^[0-9a-f]+$/i.test(clean);
  if (isHex) return BigInt(`0x${clean}`).toString();
  return /^\d+$/.test(clean) ? BigInt(clean).toString() : clean;
}
