/**
 * A call that a flow answers. Each request carries how many answers the caller has given (`ivr`); asked again, it is
 * answered again with the same, and what was pressed counts once.
 *
 *   call comes in → signal `flow` → what it says, as <Gather>
 *   digits or words → press or text → what it says next
 *   0, or the flow hands over → colleagues are rung; closed, or nobody takes it → voice mail
 */
import type { ChannelPort } from '../../../core/define.ts';
import type { CallReport, InboundBody, InboundEvent } from '../../../core/messaging.ts';
import type { Fields } from '../../phone/form.ts';
import type { TwilioSettings } from '../settings.ts';
import { dial } from '../twilio.ts';
import { twiml, xml } from '../xml.ts';
import { type Desk, type Line, threadOf } from './desk.ts';
import { type Language, phrases } from './phrases.ts';
import { againDigit, choicesOf, personDigit, saying, speaker, toGather } from './prompt.ts';

export type Where = Talk & {
  settings: TwilioSettings;
  /** How long an answer of the flow is waited for at a time. Absent: half of what Twilio waits, fifteen seconds. */
  patienceMs?: number;
};
export type Talk = {
  port: ChannelPort;
  desk: Desk;
  account: string;
  /** The address of the webhook, without a query. */
  here: string;
  /** E.164; absent: withheld. */
  caller?: string;
  origin: Record<string, unknown>;
};

const patienceMs = 7_000;
const waits = 3;
const silences = 2;

/** The events of a request, to be kept before it is answered. */
export async function eventsOf(fields: Fields, where: Where): Promise<InboundEvent[]> {
  const { step } = placeOf(fields);
  if (step === undefined) {
    await where.desk.begin(fields.CallSid!);
    const data = { flow: where.settings.menu };
    return [eventOf('0', { kind: 'signal', name: 'flow', data }, fields, where)];
  }
  if (!(await where.desk.knows(fields.CallSid!))) return [];
  if (fields.RecordingUrl) {
    const note = `left a voice message, ${fields.RecordingDuration ?? '?'} s`;
    return [eventOf('voicemail', { kind: 'unknown', note }, fields, where)];
  }
  if (fields.DialCallStatus === 'completed')
    return [eventOf('taken', { kind: 'signal', name: 'taken' }, fields, where)];
  const body = await bodyOf(fields, where);
  return body ? [eventOf(String(step), body, fields, where)] : [];
}

/** The call is over: nobody is there any more who could be answered or reminded. */
export async function hungUp(
  { callId, legId, status, recording }: CallReport,
  where: Talk,
): Promise<InboundEvent[]> {
  const isOver = !legId && !recording && status && status !== 'ringing' && status !== 'talking';
  if (!isOver || !(await where.desk.knows(callId))) return [];
  return [eventOf('end', { kind: 'signal', name: 'hungUp' }, { CallSid: callId }, where)];
}

export function eventOf(id: string, body: InboundBody, fields: Fields, where: Talk): InboundEvent {
  const { account, port, origin, caller } = where;
  return {
    id: `${fields.CallSid}:ivr:${id}`,
    channel: 'telephony',
    account,
    audience: 'customer',
    thread: threadOf(fields.CallSid!),
    from: caller ? [{ scheme: 'phone', value: caller }] : [],
    at: port.clock.now(),
    body,
    meta: { ...origin, live: true },
  };
}

/** A digit is the choice under it; without choices, digits and words are the answer itself. */
async function bodyOf(fields: Fields, { desk }: Where): Promise<InboundBody | undefined> {
  const { step = 0, isWaiting } = placeOf(fields);
  const { Digits = '', SpeechResult: words = '' } = fields;
  if (isWaiting || Digits === againDigit || (!Digits && !words.trim())) return undefined;
  if (!Digits) return { kind: 'text', text: words.trim().slice(0, 1000) };
  if (Digits === personDigit) return { kind: 'press', value: '!person', label: personDigit };
  const choice = choicesOf((await desk.said(fields.CallSid!, step - 1)) ?? [])[Number(Digits) - 1];
  return choice
    ? { kind: 'press', value: choice.value, label: choice.label }
    : { kind: 'text', text: Digits };
}

/** @returns TwiML. */
export async function answer(fields: Fields, where: Where): Promise<string> {
  const { settings, desk, here } = where;
  const { step = 0, silence, wait, isWaiting } = placeOf(fields);
  const sid = fields.CallSid!;
  if (fields.RecordingUrl) return farewell('kept', await languageOf(sid, step, desk), settings);
  if (fields.DialCallStatus) {
    if (fields.DialCallStatus === 'completed') return twiml('<Hangup/>');
    return voicemail(await languageOf(sid, step, desk), { settings, here, step });
  }
  const isEmpty = step > 0 && !isWaiting && !fields.Digits && !fields.SpeechResult?.trim();
  const isAgain = fields.Digits === againDigit;
  if (isEmpty || isAgain) return again(fields, where, isAgain ? silence : silence + 1);
  const lines = await desk.heard(sid, step, where.patienceMs ?? patienceMs);
  if (lines) return shown(lines, step, 0, where);
  // The flow thinks, or is down: the caller is asked for a moment, and then put through rather than left alone.
  const address = xml(`${here}?ivr=${step}&wait=${wait + 1}`);
  const say = speaker('en', settings);
  if (wait < waits && (await desk.knows(sid)))
    return twiml(`${say(phrases.en.busy)}<Pause length="1"/><Redirect method="POST">${address}</Redirect>`);
  return dial(settings, here, `${here}?ivr=${step}`);
}

function shown(lines: Line[], step: number, silence: number, { settings, here }: Where): string {
  const last = lines.at(-1)!;
  const language: Language = last.language ?? 'en';
  if (last.handedOver) {
    const isThere = last.open !== false && settings.forward.length > 0;
    if (!isThere)
      return voicemail(language, { settings, here, step, first: saying(lines, language, settings) });
    return twiml(`${saying(lines, language, settings)}${dialing(settings, here, `${here}?ivr=${step}`)}`);
  }
  const { expects } = last;
  const prompt = { said: lines, language, ...(expects && { expects }), silence: silence > 0 };
  return toGather(prompt, `${here}?ivr=${step + 1}&silence=${silence}`, settings);
}

/** Nothing was pressed, or the star: the same once more. Whoever stays silent is put through, or bid goodbye. */
async function again(fields: Fields, where: Where, silence: number): Promise<string> {
  const { settings, desk, here } = where;
  const { step = 1 } = placeOf(fields);
  const lines = (await desk.heard(fields.CallSid!, step - 1, patienceMs)) ?? [];
  const last = lines.at(-1);
  const language = last?.language ?? 'en';
  if (last?.resting && !choicesOf(lines).length) return farewell('closing', language, settings);
  if (last && silence <= silences) return shown(lines, step - 1, silence, where);
  if (settings.forward.length && last?.open !== false) return dial(settings, here, `${here}?ivr=${step - 1}`);
  return voicemail(language, { settings, here, step });
}

const farewell = (phrase: 'kept' | 'closing', language: Language, settings: TwilioSettings): string =>
  twiml(`${speaker(language, settings)(phrases[language][phrase])}<Hangup/>`);

function voicemail(
  language: Language,
  {
    settings,
    here,
    step,
    first = '',
  }: { settings: TwilioSettings; here: string; step: number; first?: string },
): string {
  const say = speaker(language, settings);
  if (!settings.voicemail) return twiml(`${first || say(settings.say)}<Hangup/>`);
  const action = xml(`${here}?ivr=${step}`);
  return twiml(
    `${first}${say(phrases[language].leave)}<Record action="${action}" method="POST" maxLength="120" finishOnKey="#" playBeep="true" recordingStatusCallback="${xml(here)}" recordingStatusCallbackEvent="completed"/>${say(phrases[language].closing)}<Hangup/>`,
  );
}

const languageOf = async (sid: string, step: number, desk: Desk): Promise<Language> =>
  (await desk.said(sid, step))?.at(-1)?.language ?? 'en';

/** Twilio rings the same way as without a menu; the words before it are ours. */
const dialing = (...how: Parameters<typeof dial>): string =>
  dial(...how).replace(/^.*?<Response>|<\/Response>$/g, '');

/** How far the call had come when Twilio was told this address. */
export function placeOf({ ivr, silence, wait }: Fields) {
  const step = ivr === undefined ? undefined : Math.max(0, Math.min(Number.parseInt(ivr, 10) || 0, 500));
  return {
    ...(step !== undefined && { step }),
    silence: Number(silence) || 0,
    wait: Number(wait) || 0,
    isWaiting: wait !== undefined,
  };
}
