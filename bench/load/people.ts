/** Customers who write as customers do, each on one channel, and how long each waited for the first answer. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator } from '../../src/channels/emulator/index.ts';

export type Channel = 'whatsapp' | 'facebook' | 'instagram' | 'telegram';
/** How a person of the channel writes, and how many messages they have from us. */
type Place = { say: (id: number, text: string) => Promise<unknown>; seen: (id: number) => number };

export function placesOf(emulator: Emulator): Record<Channel, Place> {
  const count = (messages: { direction: string }[]) =>
    messages.reduce((sum, { direction }) => sum + (direction === 'in' ? 1 : 0), 0);
  const { whatsapp, facebook, telegram } = emulator;
  return {
    whatsapp: {
      say: (id, text) => whatsapp.say(String(919000000000 + id), text),
      seen: (id) => count(whatsapp.messages(String(919000000000 + id))),
    },
    facebook: {
      say: (id, text) => facebook.say(`1${id}`, text, 'page'),
      seen: (id) => facebook.seen(`1${id}`).length,
    },
    instagram: {
      say: (id, text) => facebook.say(`2${id}`, text, 'instagram'),
      seen: (id) => facebook.seen(`2${id}`).length,
    },
    telegram: { say: (id, text) => telegram.say(id, text), seen: (id) => telegram.seen(id).length },
  };
}

const names = ['Asha', 'Ravi', 'Meena', 'Arjun', 'Lata', 'Kiran', 'Divya', 'Imran', 'Sara', 'Vikram'];
const scripts = [
  (name: string) => [
    'Hi',
    'I am looking for RSoft CRM',
    `My name is ${name}`,
    'what does it cost?',
    'Pune',
    'book a demo',
    'tomorrow 4 pm',
    'yes',
    'thank you',
  ],
  (name: string) => ['hello', 'send me the brochure', 'where is your office', `I am ${name}`, 'thanks'],
  (name: string) => [
    'mujhe CRM chahiye',
    `mera naam ${name} hai`,
    'price kya hai?',
    'demo chahiye kal 11 baje',
    'haan',
    'shukriya',
  ],
];

export type Figures = { ms: number[]; unanswered: number; said: number };

/**
 * New people begin at `perSecond / (messages of a talk)`, each writes a line every `spacingMs`.
 * @param until ends the beginning of new lines.
 */
export async function converse(
  emulator: Emulator,
  place: Place,
  {
    perSecond,
    spacingMs,
    firstId,
    until,
  }: {
    perSecond: number;
    spacingMs: number;
    firstId: number;
    until: AbortSignal;
  },
  figures: Figures,
): Promise<void> {
  const people = Math.max(1, Math.round((perSecond * spacingMs) / 1000));
  let next = firstId;
  const one = async (slot: number) => {
    await pause((slot / people) * spacingMs, undefined, { signal: until }).catch(() => {});
    while (!until.aborted) {
      const id = next++;
      const lines = scripts[id % scripts.length]!(names[id % names.length]!);
      for (const line of lines) {
        if (until.aborted) return;
        const began = performance.now();
        await say(id, line);
        const left = spacingMs - (performance.now() - began);
        if (left > 0) await pause(left, undefined, { signal: until }).catch(() => {});
      }
    }
  };
  const say = async (id: number, line: string) => {
    const before = place.seen(id);
    const began = performance.now();
    figures.said++;
    // The webhook's own answer is not waited for: what counts is what the customer sees.
    void place.say(id, line);
    try {
      await emulator.waitFor(() => place.seen(id) > before, `an answer to “${line}”`, 20_000);
      figures.ms.push(performance.now() - began);
    } catch {
      figures.unanswered++;
    }
  };
  await Promise.all(Array.from({ length: people }, (_, slot) => one(slot)));
}
