/**
 * An account that colleagues work with, on a channel that is otherwise for customers: a WhatsApp number or a number for
 * text messages of its own. Whatever driver it has, what comes in is a colleague's, and what goes out is put into words.
 */
import { z } from 'zod';
import type { ChannelAccount, ChannelPort } from '../../core/define.ts';
import type { InboundBody, InboundEvent, Outbound, SendResult } from '../../core/messaging.ts';
import { readPress } from '../render.ts';
import { fromData } from './data.ts';
import { inWords } from './words.ts';

export const audience = z
  .enum(['customers', 'staff'])
  .default('customers')
  .describe('Whom this number serves: colleagues work with one of their own.');

type Open = (port: ChannelPort) => ChannelAccount | Promise<ChannelAccount>;

/** @param open opens the account for customers. */
export async function forAudience(
  { audience }: { audience?: 'customers' | 'staff' },
  port: ChannelPort,
  open: Open,
): Promise<ChannelAccount> {
  return audience === 'staff' ? staffAccount(port, open) : open(port);
}

async function staffAccount(port: ChannelPort, open: Open): Promise<ChannelAccount> {
  const { state } = port;
  const account = await open({
    ...port,
    accept: async (events) =>
      port.accept(await Promise.all(events.map((event) => asColleague(event, state)))),
  });
  return {
    ...account,
    async send(out) {
      const lastInboundAt = await state.get<string>(heardOf(out.to));
      const content = await inWords(out.content, { state, base: port.publicUrl.replace(/\/$/, '') });
      const result = await account.send({
        ...out,
        content,
        meta: { ...out.meta, ...(lastInboundAt && { lastInboundAt }) },
      });
      await remember(out, result, state);
      return result;
    },
  };
}

const heardOf = (to: string): string => `heard:${to}`;
const choicesOf = (to: string): string => `choices:${to}`;

/** What "2" means to whoever was asked last: choices are numbered where there is nothing to press. */
async function remember({ to }: Outbound, result: SendResult, state: ChannelPort['state']): Promise<void> {
  if (!result.ok) return;
  if (result.choiceMap) await state.set(choicesOf(to), result.choiceMap);
  else await state.drop(choicesOf(to));
}

async function asColleague(event: InboundEvent, state: ChannelPort['state']): Promise<InboundEvent> {
  await state.set(heardOf(event.thread), event.at.toISOString());
  const body = await readBody(event, state);
  const again = body.kind === 'press' ? readPress(body.value)?.again : undefined;
  return {
    ...event,
    audience: 'staff',
    body,
    meta: { ...event.meta, dialogue: true, ...(again && { again }) },
  };
}

async function readBody({ body, thread }: InboundEvent, state: ChannelPort['state']): Promise<InboundBody> {
  if (body.kind === 'press') return { ...body, value: (await fromData(body.value, state)) ?? '' };
  if (body.kind !== 'text') return body;
  const typed = body.text.trim();
  if (typed.startsWith('/')) return { kind: 'command', text: typed.replace(/^\/(?:crm\b)?/i, '').trim() };
  const choices = await state.get<Record<string, string>>(choicesOf(thread));
  const key = typed.toLowerCase();
  const chosen = choices && Object.hasOwn(choices, key) ? await fromData(choices[key]!, state) : undefined;
  return chosen ? { kind: 'press', value: chosen, label: typed } : body;
}
