/**
 * Exotel's applets, led by a flow: Gather asks us what to say (`ivr=ask`), Passthru brings what was pressed (`ivr=heard`) and
 * is told whether to ask again (200) or to go on to the Connect applet (302), whose "dial whom" asks for numbers
 * (`ivr=whom`). support.exotel.com: "Working with Gather applet", "Working with passthru applet", "Dial whom".
 * The addresses are fixed, so that how far the call has come is kept here.
 */
import type { WebhookResponse } from '../../../core/define.ts';
import type { InboundBody, InboundEvent } from '../../../core/messaging.ts';
import type { Fields } from '../../phone/form.ts';
import type { ExotelSettings } from '../settings.ts';
import type { Desk, Line } from './desk.ts';
import { phrases } from './phrases.ts';
import { choicesOf, personDigit } from './prompt.ts';
import { spoken } from './spoken.ts';

type Make = (id: string, body: InboundBody) => InboundEvent;
export type ExotelTalk = {
  settings: ExotelSettings;
  desk: Desk;
  make: Make;
  accept(events: InboundEvent[]): Promise<unknown>;
};

/** The applets wait about ten seconds. */
const patienceMs = 6_000;

/** @returns undefined for what is no request of the menu. */
export async function answerExotel(fields: Fields, talk: ExotelTalk): Promise<WebhookResponse | undefined> {
  const { CallSid: sid, ivr } = fields;
  if (!sid || !talk.settings.menu) return undefined;
  switch (ivr) {
    case 'ask':
      return ask(sid, talk);
    case 'heard':
      return heard(sid, fields, talk);
    case 'whom':
      return text(200, talk.settings.forward.join(','));
    default:
      return undefined;
  }
}

async function ask(sid: string, { settings, desk, make, accept }: ExotelTalk): Promise<WebhookResponse> {
  await desk.begin(sid);
  await accept([make('0', { kind: 'signal', name: 'flow', data: { flow: settings.menu } })]);
  const lines = await desk.heard(sid, await desk.answered(sid), patienceMs);
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: gather(lines ?? [], settings),
  };
}

/** Pure: what Gather says, and how many digits it waits for. */
export function gather(
  lines: Line[],
  { gatherSeconds, forward }: Pick<ExotelSettings, 'gatherSeconds' | 'forward'>,
) {
  const choices = choicesOf(lines);
  const language = lines.at(-1)?.language ?? 'en';
  const words = [
    ...lines.map((line) => spoken(line.text)),
    ...choices.map(({ label }, index) => phrases[language].option(spoken(label), String(index + 1))),
    ...(choices.length && forward.length ? [phrases[language].person(personDigit)] : []),
  ];
  const prompt = { text: words.filter(Boolean).join(' ') || phrases[language].busy };
  return {
    gather_prompt: prompt,
    max_input_digits: choices.length ? (choices.length > 9 ? 2 : 1) : 15,
    finish_on_key: '#',
    input_timeout: gatherSeconds,
    repeat_menu: 2,
    repeat_gather_prompt: prompt,
  };
}

async function heard(
  sid: string,
  fields: Fields,
  { desk, make, accept }: ExotelTalk,
): Promise<WebhookResponse> {
  // Exotel puts the digits between quotation marks.
  const digits = (fields.digits ?? fields.Digits ?? '').replace(/[^\d*]/g, '');
  const step = await desk.answered(sid);
  const asked = await desk.said(sid, step);
  // Told twice, or nothing pressed: nothing new to say to it.
  if (digits && asked) {
    const choice = choicesOf(asked)[Number(digits) - 1];
    const body: InboundBody =
      digits === personDigit
        ? { kind: 'press', value: '!person', label: personDigit }
        : choice
          ? { kind: 'press', value: choice.value, label: choice.label }
          : { kind: 'text', text: digits };
    await accept([make(String(step + 1), body)]);
    await desk.answer(sid, step + 1);
  }
  const lines = await desk.peek(sid, await desk.answered(sid), patienceMs);
  const last = lines?.at(-1);
  const isOver = !digits || !last || last.handedOver || (last.resting && !choicesOf(lines!).length);
  return text(isOver ? 302 : 200, isOver ? 'go on' : 'ask again');
}

const text = (status: number, body: string): WebhookResponse => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
});
