/** A delivery status notification (RFC 3464) as a receipt for the mail of ours that it is about. */
import type { ChannelPort } from '../../core/define.ts';
import type { Receipt, ReceiptStatus } from '../../core/messaging.ts';
import { findOwnId } from './message-id.ts';

const statuses: Record<string, ReceiptStatus> = {
  failed: 'failed',
  delivered: 'delivered',
  relayed: 'sent',
  expanded: 'delivered',
};

/** @returns undefined when it is no such report, or about nothing that we sent; `delayed` says nothing final: no receipt. */
export function readBounce(
  raw: Buffer,
  contentType: string,
  account: string,
  port: ChannelPort,
): Receipt[] | undefined {
  if (!/multipart\/report/i.test(contentType) || !/report-type="?delivery-status/i.test(contentType))
    return undefined;
  // Its parts are plain ASCII; our own id in the returned headers is found, and trusted, by its signature.
  const report = raw.toString('latin1').replace(/\r?\n[ \t]+/g, ' ');
  const own = findOwnId(port, report.match(/<[^\s<>@]+@[^\s<>]+>/g) ?? []);
  if (!own) return undefined;
  const field = (name: string) => new RegExp(`^${name}:\\s*(.+)$`, 'im').exec(report)?.[1]?.trim();
  const status = statuses[field('Action')?.toLowerCase() ?? ''];
  if (!status) return [];
  const error = [field('Status'), field('Diagnostic-Code')?.replace(/^smtp;\s*/i, '')]
    .filter(Boolean)
    .join(' ');
  return [
    {
      channel: 'email',
      account,
      ref: own.outboxId,
      status,
      at: port.clock.now(),
      ...(status === 'failed' && { error }),
    },
  ];
}
