/** Customers who do not give up: what could not be sent is sent again, and the next line waits for an answer. */
import type { Emulator } from '../../src/channels/emulator/index.ts';
import { loadConfig } from '../../src/core/config.ts';

const { holidays } = loadConfig({ LOG_LEVEL: 'silent' }).app.organisation;

export type Script = { name: string; phone: string; lines: string[] };
export type Customer = {
  kind: 'web' | 'whatsapp';
  script: Script;
  /** Sends a line until it is acknowledged. */
  say(line: string, n: number): Promise<void>;
  /** What came back so far, oldest first. */
  read(): Promise<string[]>;
  /** What the customer's own device shows of us. */
  heard(): string[];
};

/** Each on a day of their own, so that no two want the same hour. */
export function scriptOf(index: number): Script {
  const phone = `+9198450${String(10_000 + index)}`;
  const name = ['Asha', 'Vikram', 'Priya', 'Sanjay', 'Lakshmi', 'Neha'][index % 6]!;
  const date = demoDay(index);
  return { name, phone, lines: ['hello', 'RSoft CRM', name, phone, `${date} at 11 am`, 'yes'] };
}

/** Mondays to Fridays from 16 March 2026 on, without the office's holidays. */
const days: Date[] = [];
function demoDay(index: number): string {
  for (let n = 0; days.length <= index; n++) {
    const next = new Date(Date.UTC(2026, 2, 16 + Math.floor(n / 5) * 7 + (n % 5)));
    const isNew = !days.length || next > days.at(-1)!;
    if (isNew && !holidays.includes(next.toISOString().slice(0, 10))) days.push(next);
  }
  const day = days[index]!;
  return `${day.getUTCDate()} ${day.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${day.getUTCFullYear()}`;
}

const pause = () => new Promise((next) => setTimeout(next, 40));

export async function holdTalk(customer: Customer): Promise<void> {
  for (const [n, line] of customer.script.lines.entries()) {
    if (customer.kind === 'whatsapp' && line === customer.script.phone) continue;
    const before = (await customer.read()).length;
    await customer.say(line, n);
    while ((await customer.read()).length <= before) await pause();
  }
}

export function webVisitor(script: Script, address: () => string): Customer {
  let token = '';
  let items: { direction: string; text: string }[] = [];
  async function call(path: string, body?: object): Promise<any> {
    for (;;) {
      try {
        const response = await fetch(`${address()}${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
          ...(body && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(5000),
        });
        if (response.ok) return await response.json();
      } catch {
        // The server is down or went down in the middle: the same again, with the same id.
      }
      await pause();
    }
  }
  return {
    kind: 'web',
    script,
    async say(line, n) {
      token ||= (await call('/webchat/sessions', {})).token;
      await call('/webchat/messages', { clientMessageId: `c${n}`, text: line });
    },
    async read() {
      if (token) items = (await call('/webchat/messages?after=0&limit=200')).items;
      return items.filter(({ direction }) => direction === 'out').map(({ text }) => text);
    },
    heard: () => items.filter(({ direction }) => direction === 'out').map(({ text }) => text),
  };
}

export function emulatedPhone(script: Script, emulator: Emulator): Customer {
  const received = () =>
    emulator.whatsapp
      .customer(script.phone, { name: script.name })
      .messages.filter(({ direction }) => direction === 'in');
  // A file shows as its name above its caption.
  const shown = (): string[] => received().map(({ text }) => text.replace(/^📎 .*\n/, ''));
  return {
    kind: 'whatsapp',
    script,
    // Meta's own retries grow to hours; here somebody is impatient, and the late retry comes as a repeat.
    async say(line, n) {
      while (
        !(await emulator.whatsapp.say(script.phone, line, `wamid.${script.phone.slice(1)}.${n}`)).acknowledged
      )
        await pause();
    },
    read: async () => shown(),
    heard: shown,
  };
}
