/** What the flow says, as TwiML: spoken, with its choices under the digits. Pure (twilio.com/docs/voice/twiml/gather). */
import type { Choice } from '../../../core/messaging.ts';
import type { TwilioSettings } from '../settings.ts';
import { twiml, xml } from '../xml.ts';
import { type Language, languageOf, phrases } from './phrases.ts';
import { spoken } from './spoken.ts';

/** What was said in one turn, in order. */
export type Said = { text: string; choices?: Choice[] };
export type Prompt = {
  said: Said[];
  language: Language;
  /** The slot that is asked for, where there are no choices: numbers are typed, the rest is spoken. */
  expects?: string;
  /** Nobody has pressed or said anything: it is said once more. */
  silence?: boolean;
};

/** Whoever presses it wants a person, wherever they are. */
export const personDigit = '0';
export const againDigit = '*';
/** Beyond nine an option has no digit of its own: numbers of two are ended by the hash. */
const most = 20;

const typed = new Set(['phone', 'number', 'quantity', 'budget']);

export function choicesOf(said: Said[]): Choice[] {
  return (said.findLast(({ choices }) => choices?.length)?.choices ?? []).slice(0, most);
}

/** @param action where the digits, or the words, go. */
export function toGather(prompt: Prompt, action: string, settings: TwilioSettings): string {
  const { said, language, expects, silence } = prompt;
  const choices = choicesOf(said);
  const speak = speaker(language, settings);
  const inner = [
    ...(silence ? [speak(phrases[language].silent)] : []),
    ...said.map(({ text }) => speak(spoken(text))),
    ...choices.map(({ label }, index) => speak(phrases[language].option(spoken(label), String(index + 1)))),
    ...(choices.length && settings.forward.length ? [speak(phrases[language].person(personDigit))] : []),
  ].join('');
  const isTyped = typed.has(expects ?? '');
  const isOneDigit = choices.length > 0 && choices.length <= 9;
  const hears = settings.speech && !isTyped ? 'dtmf speech' : 'dtmf';
  const attributes = [
    `input="${hears}"`,
    `action="${xml(action)}"`,
    'method="POST"',
    `timeout="${settings.gatherSeconds}"`,
    isOneDigit ? 'numDigits="1"' : 'finishOnKey="#"',
    'actionOnEmptyResult="true"',
    ...(hears === 'dtmf' ? [] : [`language="${settings.voices[language].language}"`, 'speechTimeout="auto"']),
  ];
  return twiml(`<Gather ${attributes.join(' ')}>${inner}</Gather>`);
}

/** The same in plain words: for those who write the texts. */
export function heardAs({ text, choices = [] }: Said): string {
  const language = languageOf(text, 'en');
  const options = choices
    .slice(0, most)
    .map(({ label }, index) => phrases[language].option(spoken(label), String(index + 1)));
  return [spoken(text), ...options].join(' ');
}

export function speaker(language: Language, { voices }: TwilioSettings): (text: string) => string {
  return (text) => {
    if (!text) return '';
    const { language: tag, voice } = voices[languageOf(text, language)];
    return `<Say language="${xml(tag)}"${voice ? ` voice="${xml(voice)}"` : ''}>${xml(text)}</Say>`;
  };
}

export const saying = (said: Said[], language: Language, settings: TwilioSettings): string =>
  said.map(({ text }) => speaker(language, settings)(spoken(text))).join('');
