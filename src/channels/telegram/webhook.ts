/** Telegram calls us: known by its secret token, stored, then acknowledged; a press is answered in the same breath. */
import type { WebhookRequest, WebhookResponse } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { isSame } from '../../core/signing.ts';
import { parseInput } from '../../core/validate.ts';
import type { Receive } from './receive.ts';
import { updateSchema } from './update.ts';

/** Telegram documents no largest update; texts of 4096 characters and a keyboard stay far below this. */
export const maxBytes = 1024 * 1024;

export async function receiveWebhook(
  request: WebhookRequest,
  { secrets, receive }: { secrets: string[]; receive: Receive },
): Promise<WebhookResponse> {
  if (request.body.length > maxBytes) throw new AppError('input.too_large', { limit: '1 MB' });
  const given = request.headers['x-telegram-bot-api-secret-token'] ?? '';
  if (!secrets.some((secret) => isSame(given, secret))) throw new AppError('auth.bad_signature');
  const update = parseInput(updateSchema, json(request.body));
  await receive(update);
  const pressed = update.callback_query;
  // Until it is answered, the button turns its wheel. Whether this answer arrives is of no consequence.
  if (pressed) return { status: 200, body: { method: 'answerCallbackQuery', callback_query_id: pressed.id } };
  return { status: 200, body: {} };
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('input.malformed', {
      problem: 'body: is not JSON',
      fields: [{ path: 'body', message: 'is not JSON' }],
    });
  }
}
