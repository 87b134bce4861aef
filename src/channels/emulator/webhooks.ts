/** Sends what a provider sends, retries as it does, and loses, doubles or swaps it when a fault was planned. */
import { type Delivery, type Provider, type WebhookFault, type World, webhookFaults } from './types.ts';

/** `url` is asked at each attempt: whoever was down may come back elsewhere. */
export type Webhook = {
  url: () => string;
  headers: (attempt: number) => Record<string, string>;
  body: string;
};
export type Sender = {
  /** Resolves with what the target answered to the (last) attempt; a dropped one resolves unacknowledged. */
  send(webhook: Webhook): Promise<Delivery>;
  /** Tries again what is due by the clock. */
  retryDue(): Promise<void>;
  /** Tries again all that waits, as if somebody pressed a button: no step of the schedule is used up. */
  redeliver(): Promise<void>;
  pending(): number;
};

type Waiting = { webhook: Webhook; attempts: number; dueAt: number };

/** @param backoffMs waits before the second, third … attempt; then the provider gives up. */
export function createSender(world: World, provider: Provider, backoffMs: number[]): Sender {
  const waiting: Waiting[] = [];
  let held: Webhook | undefined;

  async function send(webhook: Webhook): Promise<Delivery> {
    const fault = world.takeFault<WebhookFault>(provider, webhookFaults);
    if (fault === 'reorder' && !held) {
      held = webhook;
      return { acknowledged: false, status: 0, body: undefined, attempts: 0 };
    }
    if (fault === 'drop')
      return failed(webhook, { acknowledged: false, status: 0, body: undefined, attempts: 1 });
    const first = await attempt(webhook, 1);
    if (fault === 'duplicate') await attempt(webhook, 1);
    if (held) {
      const late = held;
      held = undefined;
      await attempt(late, 1);
    }
    return first;
  }

  async function attempt(webhook: Webhook, count: number): Promise<Delivery> {
    const delivery = await post(webhook, count);
    world.bus.emit('change');
    return delivery.acknowledged ? delivery : failed(webhook, delivery);
  }

  function failed(webhook: Webhook, delivery: Delivery): Delivery {
    const wait = backoffMs[delivery.attempts - 1];
    if (wait !== undefined)
      waiting.push({ webhook, attempts: delivery.attempts, dueAt: world.clock.now().getTime() + wait });
    return delivery;
  }

  return {
    send,
    async retryDue() {
      const now = world.clock.now().getTime();
      const due = waiting.filter(({ dueAt }) => dueAt <= now);
      for (const item of due) {
        waiting.splice(waiting.indexOf(item), 1);
        await attempt(item.webhook, item.attempts + 1);
      }
    },
    async redeliver() {
      for (const item of waiting.splice(0)) await attempt(item.webhook, item.attempts);
    },
    pending: () => waiting.length + (held ? 1 : 0),
  };
}

async function post(webhook: Webhook, attempts: number): Promise<Delivery> {
  try {
    const response = await fetch(webhook.url(), {
      method: 'POST',
      headers: webhook.headers(attempts),
      body: webhook.body,
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    return { acknowledged: response.ok, status: response.status, body: parsed(text), attempts };
  } catch {
    return { acknowledged: false, status: 0, body: undefined, attempts };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
