/** Meta's webhook of a page or an Instagram account: verified, stored, acknowledged. */
import type { ChannelPort, WebhookRequest, WebhookResponse } from '../../core/define.ts';
import { invalid, parseInput } from '../../core/validate.ts';
import { handshake, signedJson } from '../meta/webhook.ts';
import { commentEvent, intoThread } from './comments.ts';
import { type LeadSource, leadEvent } from './leads.ts';
import { normalize, type Read } from './normalize.ts';
import { readUpTo } from './receipts.ts';
import type { Settings, Side } from './settings.ts';
import { leadgen, payloadSchema } from './webhook-payload.ts';

export type Account = {
  account: string;
  side: Side;
  settings: Pick<Settings, 'appSecrets' | 'verifyToken' | 'comments'> & Partial<Pick<Settings, 'leads'>>;
  port: ChannelPort;
  leads?: LeadSource;
};

export async function receive(request: WebhookRequest, at: Account): Promise<WebhookResponse> {
  if (request.method === 'GET') return handshake(request.query, at.settings.verifyToken);
  const payload = parseInput(payloadSchema, signedJson(request, at.settings.appSecrets));
  const read = normalize(payload, at);
  await takeMessages(read, at);
  await takeChanges(read, at);
  return { status: 200, body: 'EVENT_RECEIVED' };
}

async function takeMessages(
  { messages, receipts, read }: Read,
  { account, side, port }: Account,
): Promise<void> {
  const events = [];
  for (const event of messages) events.push(await intoThread(event, port));
  if (events.length) await port.accept(events);
  const where = { channel: side.channel, account };
  for (const one of read) receipts.push(...(await readUpTo(one, where, port)));
  if (receipts.length) await port.receipts(receipts);
}

/** Comments first: they need nobody else's answer. */
async function takeChanges(
  { changes }: Read,
  { account, side, settings, port, leads }: Account,
): Promise<void> {
  const now = port.clock.now();
  const ignored: string[] = [];
  const filled: string[] = [];
  for (const { change, path } of changes) {
    if (change.field === 'leadgen' && leads) {
      const read = leadgen.safeParse(change.value);
      if (!read.success) throw invalid(`${path}.leadgen_id`, 'is missing');
      filled.push(read.data.leadgen_id);
      continue;
    }
    const event = at(path, () => commentEvent(change, { account, side, settings, now }));
    if (event) await port.accept([event]);
    else ignored.push(change.field);
  }
  if (ignored.length) port.log.info({ ignored }, 'webhook changes that ask for nothing');
  // Not fetched, not acknowledged: Meta tells again, and the next look through the forms finds it, too.
  for (const id of filled)
    await port.accept([
      leadEvent(await leads!.one(id), { account, side, settings: { leads: settings.leads! }, now }),
    ]);
}

/** A field that is wrong is named with its place in the whole payload. */
function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const [first] =
      (error as { details?: { fields?: { path: string; message: string }[] } }).details?.fields ?? [];
    throw first ? invalid(`${path}.${first.path}`, first.message) : error;
  }
}
