/** When a talk is to be woken without a word from the customer, and what it does then. */
import { nextOpening } from '../../core/office.ts';
import { type Silence, stepById } from '../definition.ts';
import { millis } from './durations.ts';
import { say } from './say.ts';
import type { Talk } from './talk.ts';
import { isOpenWindow, windowEnd } from './window.ts';

/** The next moment at which something is due; undefined when nothing is. */
export function nextDue(talk: Talk): Date | undefined {
  const { wait } = talk.memory;
  const moments = [wait?.until ? new Date(wait.until) : undefined, nextReminder(talk), releaseAt(talk)];
  const times = moments.flatMap((moment) => (moment ? [moment.getTime()] : []));
  return times.length ? new Date(Math.min(...times)) : undefined;
}

/** Woken: a reminder when one is due, an end to waiting when that is. */
export function wake(talk: Talk): void {
  const now = talk.input.now;
  const released = releaseAt(talk);
  const reminder = nextReminder(talk);
  talk.memory.wakeAt = undefined;
  if (released && released <= now) {
    talk.memory.released = true;
    if (isOpenWindow(talk, now)) say(talk, 'silence.release');
    talk.quiet = true;
  } else if (reminder && reminder <= now) {
    talk.memory.reminded++;
    say(talk, 'silence.remind');
  } else talk.quiet = true;
}

/** Only who wrote to us, and left a question open, is reminded; nobody who is junk, or in a person's hands. */
function silenceOf(talk: Talk): Silence['channels'][string] | undefined {
  const { memory, flow, input, mode, optedOut } = talk;
  const { silence } = flow;
  if (!silence || !memory.heardAt || memory.released || memory.resting || optedOut) return undefined;
  if ((mode ?? input.conversation.mode) === 'human' || isJunk(talk)) return undefined;
  const kind = stepById(flow, memory.asked?.step ?? '')?.kind;
  if (kind !== 'ask' && kind !== 'choose') return undefined;
  return silence.channels[input.conversation.channel] ?? silence;
}
const isJunk = ({ memory: { junk }, app }: Talk): boolean =>
  junk !== undefined && junk.label !== 'ok' && junk.score >= app.enquiries.junkScore;

function nextReminder(talk: Talk): Date | undefined {
  const silence = silenceOf(talk);
  const { heardAt, reminded } = talk.memory;
  const wanted = silence?.remind[reminded];
  if (!silence || !heardAt || wanted === undefined) return undefined;
  const plain = new Date(Date.parse(heardAt) + millis(wanted));
  const due = talk.flow.silence!.hours ? nextOpening(plain, talk.app.organisation) : plain;
  const end = windowEnd(talk);
  if (!end || due <= end) return due;
  // Too late for the channel: as late as it allows, if that is not on the heels of the reminder before.
  const before = reminded ? millis(silence.remind[reminded - 1]!) : 0;
  return end.getTime() - Date.parse(heardAt) > before + millis('1 hour') ? end : undefined;
}

function releaseAt(talk: Talk): Date | undefined {
  const release = silenceOf(talk)?.release;
  return release ? new Date(Date.parse(talk.memory.heardAt!) + millis(release)) : undefined;
}
