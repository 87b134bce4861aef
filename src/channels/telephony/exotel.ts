/**
 * Exotel and what is built like it: the passthru applet at the end of a call that came in (GET), and the status callback
 * of calls that were made (POST). Fields: developer.exotel.com/docs/voice-v1/api-reference/status-callback and
 * support.exotel.com, "Working with passthru applet".
 */
import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { CallReport, CallStatus } from '../../core/messaging.ts';
import type { Fields } from '../phone/form.ts';
import { readNumber } from '../phone/number.ts';
import type { ExotelSettings } from './settings.ts';
import type { Read } from './twilio.ts';

const statuses: Record<string, CallStatus> = {
  queued: 'ringing',
  ringing: 'ringing',
  'in-progress': 'talking',
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
};
/** `CallType` of the passthru applet says whether anybody spoke. */
const types: Record<string, CallStatus> = {
  completed: 'completed',
  incomplete: 'no-answer',
  'client-hangup': 'canceled',
  'call-attempt': 'no-answer',
  voicemail: 'no-answer',
};

export function readExotel(fields: Fields, settings: ExotelSettings, now: Date): Read | undefined {
  const { CallSid: callId, Direction = '' } = fields;
  if (!callId) return undefined;
  const number = (said?: string) => readNumber(said, settings.country);
  const isIn = /^(incoming|inbound)$/i.test(Direction);
  const direction = Direction ? (isIn ? ('in' as const) : ('out' as const)) : undefined;
  const from = number(fields.CallFrom ?? fields.From);
  const to = number(isIn ? (fields.CallTo ?? fields.To) : (fields.To ?? fields.CallTo));
  const seconds = secondsOf(fields.ConversationDuration) ?? secondsOf(fields.DialCallDuration);
  const status = statusOf(fields);
  const at = timeOf(fields.StartTime ?? fields.Created ?? fields.DateCreated, settings.timezone) ?? now;
  // The colleague whom a call that came in was put through to.
  const line = isIn ? number(fields.DialWhomNumber) : undefined;
  const report: CallReport = {
    callId,
    ...(direction && { direction }),
    ...(from && { from }),
    ...(to && { to }),
    ...(status && { status }),
    ...(line && { line }),
    ...(seconds !== undefined && { seconds }),
    at,
    ...(fields.RecordingUrl && {
      recording: { id: callId, url: fields.RecordingUrl, ...(seconds !== undefined && { seconds }) },
    }),
  };
  return { id: `${callId}:${digest(fields)}`, report };
}

/** Of a call that we had made, whether the client took it: the colleague is rung first, the client second. */
function statusOf(fields: Fields): CallStatus | undefined {
  const first = fields['Legs[0][Status]'];
  const second = fields['Legs[1][Status]'];
  if (first && first !== 'completed') return 'canceled';
  return (
    types[fields.CallType ?? ''] ??
    (second ? statuses[second] : undefined) ??
    statuses[fields.Status ?? fields.CallStatus ?? '']
  );
}

const secondsOf = (text?: string): number | undefined =>
  text && /^\d+$/.test(text) ? Number(text) : undefined;

/** `2026-11-23 14:05:10` in the provider's zone; the constant 1970 that it gives for unknown times is none. */
function timeOf(text: string | undefined, zone: string): Date | undefined {
  const time = text ? DateTime.fromSQL(text, { zone }) : undefined;
  return time?.isValid && time.year > 2000 ? time.toJSDate() : undefined;
}

/** The report has no id: what it says makes it the same, except for the moment of sending. */
function digest(fields: Fields): string {
  const { CurrentTime: _, token: __, ...said } = fields;
  const text = JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
