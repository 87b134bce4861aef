/**
 * `bin/parley simulate rules`: time travel. The product itself runs on a copy of the data with a clock of its own, from
 * timer to timer, and what it would send is told instead of sent. The real data is only read.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { createApp } from '../app.ts';
import { fakeClock } from '../core/clock.ts';
import { type Config, loadConfig } from '../core/config.ts';
import { AppError } from '../core/errors.ts';
import { LeaseModel } from '../core/lease.ts';
import { silentLogger } from '../core/logger.ts';
import type { ChannelCapabilities, Content, Outbound } from '../core/messaging.ts';
import { TimerModel } from '../core/timers.ts';
import { readableMoment } from '../core/zone.ts';
import { InboxModel } from '../domain/conversations/model/inbox.ts';
import { OutboxModel } from '../domain/conversations/model/outbox.ts';
import { NotificationModel } from '../domain/notifications/model.ts';
import { UserModel } from '../domain/staff/model.ts';

/** One thing that would reach somebody. `why` is the timer that was due and what it runs. */
export type Rehearsed = {
  at: string;
  to: string;
  channel: string;
  text: string;
  rule?: string;
  why: string;
};

export async function simulateRulesCommand(options: {
  from?: string;
  to: string;
  json?: boolean;
}): Promise<void> {
  const config = loadConfig();
  const { timezone: zone, locale } = config.app.organisation;
  const from = options.from ? moment(options.from, zone, '--from') : new Date();
  const to = moment(options.to, zone, '--to');
  if (to <= from) throw new AppError('input.invalid', { problems: '--to must lie after --from' });
  let count = 0;
  await rehearse(config, { from, to }, (one) => {
    count++;
    process.stdout.write(
      options.json
        ? `${JSON.stringify(one)}\n`
        : `${readableMoment(new Date(one.at), zone, locale)}\n  to ${one.to}, ${one.channel}${one.rule ? ` (${one.rule})` : ''}\n  ${one.text.replaceAll('\n', '\n  ')}\n  because: ${one.why}\n\n`,
    );
  });
  if (!options.json)
    process.stdout.write(
      count ? `${count} would be sent. Nothing was.\n` : 'Nothing would be sent in this time.\n',
    );
}

/** Tells each as it comes, in order of time. */
export async function rehearse(
  config: Config,
  { from, to, now = new Date() }: { from: Date; to: Date; now?: Date },
  tell: (one: Rehearsed) => void,
): Promise<void> {
  if (config.env.MONGODB_URI)
    throw new AppError('input.invalid', {
      problems:
        'a rehearsal needs the embedded store: copy the data first with “parley store copy --from URI” into a folder of its own',
    });
  const folder = mkdtempSync(join(tmpdir(), 'parley-rehearsal-'));
  try {
    await copyData(config.dataDir, folder);
    await run(config, folder, { from, to, now }, tell);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function copyData(dataDir: string, folder: string): Promise<void> {
  const { backup, restore } = await import('embedded-mongodb/operations');
  const file = join(folder, 'copy.backup');
  await backup({ dataDir: join(dataDir, 'store'), file });
  await restore({ dataDir: join(folder, 'store'), file });
}

const capabilities: ChannelCapabilities = { text: 100_000, media: true, ambiguity: 'resend' };

async function run(
  real: Config,
  folder: string,
  { from, to, now }: { from: Date; to: Date; now: Date },
  tell: (one: Rehearsed) => void,
): Promise<void> {
  const config: Config = {
    ...real,
    dataDir: folder,
    env: { ...real.env, PARLEY_DATA: folder, PARLEY_ROLE: 'worker', PORT: 0 },
  };
  const clock = fakeClock(now < from ? now : from);
  const sent: Outbound[] = [];
  const sender = () => ({
    capabilities,
    send: async (out: Outbound) => {
      sent.push(out);
      return { ok: true as const, providerId: out.id };
    },
  });
  const app = await createApp({ config, clock, log: silentLogger, sender, offline: true });
  try {
    // What waits now is of the present, and is sent there.
    await OutboxModel.deleteMany({ open: true });
    await InboxModel.deleteMany({});
    // Who works there has no share here.
    await LeaseModel.deleteMany({});
    await app.start();
    await app.idle();
    let noticed = await lastNotice();
    for (;;) {
      const timer = await TimerModel.findOne({ dueAt: { $lte: to } })
        .sort({ dueAt: 1 })
        .lean();
      if (!timer) break;
      if (timer.dueAt > clock.now()) clock.set(timer.dueAt);
      sent.length = 0;
      const struck = await alone(timer, clock.now());
      await app.idle();
      const reasons = [...new Set(struck.map(({ command }) => reasonOf(command)))].join('; ');
      const why = struck.length === 1 ? `${reasons} (${timer._id})` : reasons;
      const at = wholeSecond(clock.now());
      const notices = await NotificationModel.find({ _id: { $gt: noticed } })
        .sort({ _id: 1 })
        .lean();
      noticed = notices.at(-1)?._id ?? noticed;
      if (at >= from) await report(at, why, notices);
      // A timer that failed waits for a later time of its own; one that cannot move would hold us here for ever.
      const same = await TimerModel.findOne({ _id: timer._id, dueAt: timer.dueAt }).lean();
      if (same) await TimerModel.deleteOne({ _id: timer._id });
    }
  } finally {
    await app.stop();
  }

  function reasonOf(command: string): string {
    return app.catalogue.handler(command).operation.summary.replace(/ \(internal\)$/, '');
  }

  async function report(
    at: Date,
    why: string,
    notices: { userId: string; rule: string; text: string }[],
  ): Promise<void> {
    const users = await UserModel.find({ _id: { $in: notices.map(({ userId }) => userId) } }).lean();
    for (const { userId, rule, text } of notices) {
      const user = users.find(({ _id }) => _id === userId);
      tell({
        at: at.toISOString(),
        to: user?.name ?? userId,
        channel: 'in the application',
        rule,
        text,
        why,
      });
    }
    for (const { channel, to: address, content } of sent)
      tell({ at: at.toISOString(), to: address, channel, text: textOf(content), why });
  }
}

type Struck = { _id: string; command: string };
/** So many fall on one moment (7 A.M., say) that they are struck together, and share their reasons. */
const together = 50;

/** One timer at a time, so that what follows has its own reason: the others of the moment wait a thousandth of a second. */
async function alone(timer: Struck, now: Date): Promise<Struck[]> {
  const due = { dueAt: { $lte: now } };
  const all = await TimerModel.find(due, { command: 1 })
    .limit(together + 1)
    .lean<Struck[]>();
  if (all.length > together) return all;
  await TimerModel.updateMany(
    { ...due, _id: { $ne: timer._id } },
    { $set: { dueAt: new Date(now.getTime() + 1) } },
  );
  return [timer];
}
const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

const lastNotice = async (): Promise<string> =>
  (await NotificationModel.findOne().sort({ _id: -1 }).lean())?._id ?? '';

function textOf(content: Content): string {
  if (content.kind === 'card') return [content.card.title, content.card.text].filter(Boolean).join('\n');
  if (content.kind === 'media') return `[${content.media.filename ?? content.media.type}]`;
  return 'text' in content ? content.text : `[${content.kind}]`;
}

/** A day means its beginning, in the organisation's zone. */
function moment(text: string, zone: string, option: string): Date {
  const read = DateTime.fromISO(text, { zone });
  if (!read.isValid)
    throw new AppError('input.invalid', { problems: `${option}: ${text} is no time, e.g. 2026-11-25T19:00` });
  return read.toJSDate();
}
