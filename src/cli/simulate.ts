/**
 * `bin/parley simulate`: holds conversations from a file with the whole product (inbox, lanes, turn, records, outbox) on
 * a store of its own in a temporary folder, with a clock that stands still and no network.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { z } from 'zod';
import { type App, createApp } from '../app.ts';
import { systemActor } from '../core/actor.ts';
import { fakeClock } from '../core/clock.ts';
import { loadConfig } from '../core/config.ts';
import { AppError } from '../core/errors.ts';
import { createLogger } from '../core/logger.ts';
import type { ChannelCapabilities, Content, Outbound } from '../core/messaging.ts';
import { listAppointments } from '../domain/appointments/contract.ts';
import { ConversationModel } from '../domain/conversations/model/conversation.ts';
import { listEnquiries } from '../domain/enquiries/contract.ts';
import { listLeads } from '../domain/leads/contract.ts';
import { factsOf } from '../flows/facts.ts';

export type SimulateOptions = { inFile: string; outFile: string; now: string; timezone?: string };

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  channel: z.string().default('webchat'),
  turns: z.array(z.string()),
});
type Line = z.output<typeof lineSchema>;

export const simulateCommand = (options: {
  in: string;
  out: string;
  now: string;
  timezone?: string;
}): Promise<void> =>
  simulate({ inFile: options.in, outFile: options.out, now: options.now, timezone: options.timezone });

/** Reads lines `{id, channel, turns}`, writes lines `{id, transcript, facts, records}` in the same order. */
export async function simulate({ inFile, outFile, now, timezone }: SimulateOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-simulate-'));
  const stage = await openStage(folder, now, timezone);
  const out = createWriteStream(outFile);
  try {
    let count = 0;
    for await (const text of createInterface({ input: createReadStream(inFile) })) {
      count++;
      if (text.trim()) out.write(`${JSON.stringify(await stage.play(read(text, `${inFile}:${count}`)))}\n`);
      if (process.stderr.isTTY) process.stderr.write(`\r${count} conversations`);
    }
  } finally {
    await new Promise<void>((resolve, reject) =>
      out.end((error?: Error | null) => (error ? reject(error) : resolve())),
    );
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(text: string, where: string): Line {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('input.malformed', { problem: `${where}: ${(error as Error).message}` }, error);
  }
}

const capabilities: ChannelCapabilities = { text: 4096, media: true, ambiguity: 'resend' };
const asSystem = { actor: systemActor('simulate'), surface: 'cli' as const };

async function openStage(folder: string, now: string, timezone: string | undefined) {
  const config = loadConfig({
    PARLEY_DATA: folder,
    MONGODB_URI: '',
    PORT: '0',
    PARLEY_ROLE: 'worker',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  });
  config.accounts = [];
  if (timezone) config.app.organisation.timezone = timezone;
  const clock = fakeClock(now);
  const sent: Outbound[] = [];
  const send = async (out: Outbound) => {
    sent.push(out);
    return { ok: true as const, providerId: out.id };
  };
  const app = await createApp({
    config,
    clock,
    log: createLogger(config.env.LOG_LEVEL),
    sender: () => ({ capabilities, send }),
  });
  await app.start();

  async function play({ id, channel, turns }: Line) {
    await clear();
    clock.set(now);
    const thread = `simulated-${id}`;
    const transcript: { direction: 'in' | 'out'; text: string; choices?: string[] }[] = [];
    for (const [i, text] of turns.entries()) {
      transcript.push({ direction: 'in', text });
      const before = sent.length;
      await app.accept([
        {
          id: `${thread}-${i}`,
          channel,
          account: 'simulated',
          audience: 'customer',
          thread,
          from: [{ scheme: 'visitor', value: thread }],
          at: clock.now(),
          body: { kind: 'text', text },
          // The customers' zone, whatever country their number is of.
          meta: { timezone: config.app.organisation.timezone },
        },
      ]);
      await app.idle();
      for (const { content } of sent.slice(before).filter((out) => out.to === thread))
        transcript.push({ direction: 'out', ...shown(content) });
    }
    const conversation = await ConversationModel.findOne({ channel, account: 'simulated', thread }).lean();
    const facts = factsOf(conversation?.session ?? null, {
      zone: config.app.organisation.timezone,
      optedOut: conversation?.optedOut ?? false,
    });
    return { id, transcript, facts, records: await recordsOf(app) };
  }

  return {
    play,
    close: () => app.stop(),
  };
}

/** Each conversation finds an empty calendar and nobody known: one does not change another. */
async function clear(): Promise<void> {
  for (const name of mongoose.modelNames())
    if (!kept.has(name)) await mongoose.model(name).collection.deleteMany({});
}
const kept = new Set(['FlowVersion', 'User', 'Team', 'Setting']);

async function recordsOf({ bus }: App) {
  const enquiries = await bus.query(listEnquiries, {}, asSystem);
  const leads = await bus.query(listLeads, {}, asSystem);
  const appointments = await bus.query(listAppointments, {}, asSystem);
  return { enquiries: enquiries.items, leads: leads.items, appointments: appointments.items };
}

function shown(content: Content): { text: string; choices?: string[] } {
  if (content.kind === 'text')
    return {
      text: content.text,
      ...(content.choices?.length && { choices: content.choices.map(({ label }) => label) }),
    };
  if (content.kind === 'media') return { text: `[${content.media.filename ?? content.media.type}]` };
  if (content.kind === 'location') return { text: `[${content.name}, ${content.address}]` };
  return { text: content.kind === 'template' ? content.text : `[${content.kind}]` };
}
