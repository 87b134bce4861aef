/**
 * Twilio Programmable Voice: the request for a call that comes in, status callbacks of calls and their legs, the end of
 * `<Dial>`, finished recordings. One address serves all of them, told apart by what they carry
 * (twilio.com/docs/voice/twiml#request-parameters, /docs/voice/twiml/dial, /docs/voice/api/call-resource#statuscallback).
 */
import type { CallReport, CallStatus } from '../../core/messaging.ts';
import type { Fields } from '../phone/form.ts';
import { readNumber } from '../phone/number.ts';
import type { TwilioSettings } from './settings.ts';
import { twiml, xml } from './xml.ts';

export type Read = {
  /** What makes this very report the same when it is sent again. */
  id: string;
  report: CallReport;
  /** A call that comes in and waits for our answer. */
  asks?: true;
};

const statuses: Record<string, CallStatus> = {
  queued: 'ringing',
  initiated: 'ringing',
  ringing: 'ringing',
  'in-progress': 'talking',
  answered: 'completed',
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
};

/** @returns undefined for what tells nothing of a call. */
export function readTwilio(fields: Fields, settings: TwilioSettings, at: Date): Read | undefined {
  const { CallSid: sid, ParentCallSid: parent } = fields;
  if (!sid) return undefined;
  if (fields.RecordingSid && fields.RecordingStatus) return recording(fields, sid, parent);
  const number = (said?: string) => readNumber(said, settings.country);
  const [from, to] = [number(fields.From), number(fields.To)];
  const isLeg = Boolean(parent);
  const inbound = fields.Direction === 'inbound';
  const ends = { ...(from && { from }), ...(to && { to }) };
  const answered = settings.forward.length ? ('forwarded' as const) : ('unattended' as const);

  if (fields.DialCallStatus) {
    const status = statuses[fields.DialCallStatus];
    const seconds = secondsOf(fields.DialCallDuration);
    return {
      id: `${sid}:dial:${fields.DialCallStatus}`,
      report: {
        callId: sid,
        legId: fields.DialCallSid ?? 'dial',
        legsDone: true,
        direction: inbound ? 'in' : 'out',
        ...(status && { status }),
        ...(seconds !== undefined && { seconds }),
      },
    };
  }
  const status = statuses[fields.CallStatus ?? ''];
  // Voice mail is no conversation: `AnsweredBy` is there where machine detection was asked for.
  const machine = /^(machine|fax)/.test(fields.AnsweredBy ?? '');
  const seconds = secondsOf(fields.CallDuration);
  const asks =
    inbound &&
    !isLeg &&
    !fields.CallbackSource &&
    !fields.CallDuration &&
    !fields.SequenceNumber &&
    (status === 'ringing' || status === 'talking');
  return {
    id: `${sid}:${asks ? 'asks' : (fields.CallStatus ?? '')}`,
    report: {
      callId: parent ?? sid,
      ...(isLeg && { legId: sid }),
      ...(!isLeg && { direction: inbound ? ('in' as const) : ('out' as const) }),
      ...ends,
      ...(status && { status: machine && status === 'completed' ? 'no-answer' : status }),
      ...(seconds !== undefined && { seconds }),
      at: startOf(fields, seconds, at),
      ...(asks && { answered }),
    },
    ...(asks && { asks }),
  };
}

function recording(fields: Fields, sid: string, parent: string | undefined): Read | undefined {
  const { RecordingSid: id, RecordingUrl: url, RecordingStatus: status, RecordingDuration } = fields;
  if (status !== 'completed' || !id || !url) return undefined;
  const seconds = secondsOf(RecordingDuration);
  return {
    id: `${id}:${status}`,
    report: {
      callId: parent ?? sid,
      // Without an ending Twilio gives uncompressed WAV, five times as large.
      recording: {
        id,
        url: /\.(mp3|wav)$/.test(url) ? url : `${url}.mp3`,
        ...(seconds !== undefined && { seconds }),
      },
    },
  };
}

const secondsOf = (text?: string): number | undefined =>
  text && /^\d+$/.test(text) ? Number(text) : undefined;

/** `Timestamp` is when the event happened (RFC 2822); an end lies so many seconds after the beginning. */
function startOf({ Timestamp }: Fields, seconds: number | undefined, now: Date): Date {
  const said = Timestamp ? Date.parse(Timestamp) : Number.NaN;
  const event = Number.isNaN(said) ? now.getTime() : said;
  return new Date(event - (seconds ?? 0) * 1000);
}

/**
 * Rings everybody at once; whoever takes it is named by the leg's own report.
 * @param action told when nobody is rung any more; the same address where nothing else is said.
 */
export function dial(
  { forward, ringSeconds, record, say }: TwilioSettings,
  address: string,
  action = address,
): string {
  if (!forward.length) return twiml(`<Say>${xml(say)}</Say><Hangup/>`);
  const here = xml(address);
  const kept = record
    ? ` record="record-from-answer-dual" recordingStatusCallback="${here}" recordingStatusCallbackEvent="completed"`
    : '';
  const each = forward.map((line) => {
    const kind = /^client:/i.test(line) ? 'Client' : /^sip:/i.test(line) ? 'Sip' : 'Number';
    const target = xml(line.replace(/^client:/i, ''));
    return `<${kind} statusCallback="${here}" statusCallbackEvent="answered completed" statusCallbackMethod="POST">${target}</${kind}>`;
  });
  return twiml(
    `<Dial action="${xml(action)}" method="POST" timeout="${ringSeconds}" answerOnBridge="true"${kept}>${each.join('')}</Dial>`,
  );
}

/** After `<Dial>`: whoever was not put through is told so. */
export const goodbye = ({ say }: TwilioSettings, wasTaken: boolean): string =>
  twiml(wasTaken ? '<Hangup/>' : `<Say>${xml(say)}</Say><Hangup/>`);
export const nothing = (): string => twiml('');
