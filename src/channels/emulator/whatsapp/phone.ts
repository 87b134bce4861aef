/**
 * The customer's phone: writes, presses, reads; and Meta's webhooks that tell of it, signed and retried.
 * Payloads after developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples.
 */
import { sendSigned } from '../meta/webhook.ts';
import type { Delivery, World } from '../types.ts';
import { createSender } from '../webhooks.ts';
import {
  type Customer,
  customerOf,
  type PhoneMessage,
  type StoredFile,
  type WhatsAppState,
} from './state.ts';

const minute = 60_000;
/** Meta retries "with decreasing frequency" for seven days; these are the first steps. */
const backoff = [0.5 * minute, 2 * minute, 10 * minute, 60 * minute, 6 * 60 * minute, 24 * 60 * minute];

export type Phone = ReturnType<typeof createPhone>;

export function createPhone(world: World, state: WhatsAppState, target: () => string) {
  const sender = createSender(world, 'whatsapp', backoff);
  const { account } = state;

  const deliver = (value: Record<string, unknown>): Promise<Delivery> => {
    const metadata = { display_phone_number: account.displayNumber, phone_number_id: account.phoneNumberId };
    const payload = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: account.wabaId,
          changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }],
        },
      ],
    };
    return sendSigned(sender, { url: target, appSecret: account.appSecret, payload });
  };

  /** Any message of Meta's documentation: `{type: 'text', text: {body: 'Hi'}}`. */
  async function inject(from: string, message: Record<string, any>, shown: string): Promise<Delivery> {
    const customer = customerOf(state, from);
    const now = world.clock.now();
    const id = message.id ?? `wamid.CUS${String(world.next()).padStart(12, '0')}`;
    customer.lastInboundAt = now;
    customer.messages.push({ id, direction: 'out', at: now, text: shown, choices: [], raw: message });
    world.bus.emit('change');
    const identity = { ...(customer.showsNumber && { from: customer.waId }), from_user_id: customer.userId };
    return deliver({
      contacts: [
        {
          profile: { name: customer.name || 'Customer' },
          ...(customer.showsNumber && { wa_id: customer.waId }),
          user_id: customer.userId,
        },
      ],
      messages: [{ ...identity, id, timestamp: seconds(now), ...message }],
    });
  }

  async function status(
    customer: Customer,
    message: PhoneMessage,
    next: 'sent' | 'delivered' | 'read' | 'failed',
    errors?: object[],
  ): Promise<void> {
    message.status = next;
    world.bus.emit('change');
    await deliver({
      statuses: [
        {
          id: message.id,
          status: next,
          timestamp: seconds(world.clock.now()),
          recipient_id: customer.waId,
          ...(message.ref && { biz_opaque_callback_data: message.ref }),
          ...(errors && { errors }),
        },
      ],
    });
  }

  return {
    retryDue: sender.retryDue,
    redeliver: sender.redeliver,
    pending: sender.pending,
    /** Gives a customer a name, or hides the number as a WhatsApp user name does. */
    customer: (from: string, profile: { name?: string; showsNumber?: boolean } = {}) =>
      Object.assign(customerOf(state, from), profile),
    inject,
    say: (from: string, text: string, id?: string) =>
      inject(from, { ...(id && { id }), type: 'text', text: { body: text } }, text),
    /** Presses the choice with this title, or typed part of it, on the newest message that offers it. */
    press(from: string, title: string): Promise<Delivery> {
      const offered = customerOf(state, from)
        .messages.toReversed()
        .find(({ choices }) => choices.some((choice) => choice.title === title));
      const choice = offered?.choices.find((one) => one.title === title);
      if (!offered || !choice) throw new Error(`${from} is offered no choice “${title}”`);
      const type = offered.raw.interactive?.type === 'list' ? 'list_reply' : 'button_reply';
      const { id, description } = choice;
      return inject(
        from,
        {
          type: 'interactive',
          context: { from: account.displayNumber, id: offered.id },
          interactive: { type, [type]: { id, title, ...(description && { description }) } },
        },
        title,
      );
    },
    location: (from: string, latitude: number, longitude: number) =>
      inject(from, { type: 'location', location: { latitude, longitude } }, `📍 ${latitude}, ${longitude}`),
    file(from: string, file: Omit<StoredFile, 'id'>, caption?: string): Promise<Delivery> {
      const id = `${world.next()}9999`;
      state.files.set(id, { id, ...file });
      const type = ['image', 'audio', 'video'].find((kind) => file.mime.startsWith(`${kind}/`)) ?? 'document';
      return inject(
        from,
        {
          type,
          [type]: {
            id,
            mime_type: file.mime,
            ...(file.filename && { filename: file.filename }),
            ...(caption && { caption }),
          },
        },
        `📎 ${file.filename ?? type}`,
      );
    },
    /** The customer opens the chat: everything delivered is read. */
    async read(from: string): Promise<void> {
      const customer = customerOf(state, from);
      for (const message of customer.messages)
        if (message.direction === 'in' && message.status !== 'read' && message.status !== 'failed')
          await status(customer, message, 'read');
    },
    /** Statuses of a message just taken. */
    async report(to: string, message: PhoneMessage): Promise<void> {
      const customer = customerOf(state, to);
      await status(customer, message, 'sent');
      await status(customer, message, 'delivered');
    },
    failed: (to: string, messageId: string, error: { code: number; title: string }) => {
      const customer = customerOf(state, to);
      return status(customer, customer.messages.find(({ id }) => id === messageId)!, 'failed', [error]);
    },
    approve(name: string, language: string, params: number): void {
      const known = state.templates.find(
        (template) => template.name === name && template.language === language,
      );
      if (known) known.status = 'APPROVED';
      else state.templates.push({ name, language, params, status: 'APPROVED' });
    },
    messages: (of: string): PhoneMessage[] => customerOf(state, of).messages,
    customers: (): Customer[] => [...state.customers.values()],
    /** Bodies of `POST /messages` that were taken. */
    taken: (): Record<string, any>[] => state.taken,
  };
}

const seconds = (at: Date): string => String(Math.floor(at.getTime() / 1000));
