/** What a flow says, as a caller hears it: rendering alone. The expected TwiML is written by Twilio’s own library. */
import './desk.ts';
import { describe, expect, it } from '@jest/globals';
import twilioSdk from 'twilio';
import { toGather } from '../../../src/channels/telephony/ivr/prompt.ts';
import { spoken } from '../../../src/channels/telephony/ivr/spoken.ts';
import { settingsSchema, type TwilioSettings } from '../../../src/channels/telephony/settings.ts';

const settings = settingsSchema.parse({
  provider: 'twilio',
  accountSid: 'AC1',
  authTokens: ['a'],
  forward: ['+919900011122'],
  menu: 'telephone',
}) as TwilioSettings;
const action = 'https://crm.example.com/webhooks/telephony/main?ivr=1&silence=0';
const english = { language: 'en-IN', voice: 'Polly.Aditi' } as const;
const hindi = { language: 'hi-IN', voice: 'Polly.Aditi' } as const;
const choices = [
  { label: 'a demo or prices', value: 'menu=sales' },
  { label: 'हिन्दी', value: 'menu=hindi' },
];
/** The same document, whatever the order of attributes and the spelling of an escaped sign. */
const shape = (xml: string): string =>
  xml
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(
      /&(amp|lt|gt|quot|apos);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name]!,
    )
    .replace(
      /<(\w+)((?: \w+="[^"]*")+)/g,
      (_, tag: string, rest: string) =>
        `<${tag} ${rest
          .trim()
          .split(/(?<=") /)
          .toSorted()
          .join(' ')}`,
    );

type Gather = Parameters<InstanceType<typeof twilioSdk.twiml.VoiceResponse>['gather']>[0];
const gathered = (attributes: Gather, say: [{ language: string; voice: string }, string][]): string => {
  const response = new twilioSdk.twiml.VoiceResponse();
  const gather = response.gather({
    action,
    method: 'POST',
    timeout: 6,
    actionOnEmptyResult: true,
    ...attributes,
  });
  for (const [how, text] of say) gather.say(how as never, text);
  return response.toString();
};

describe('a step of a flow, on the telephone', () => {
  it('reads the choices out under their digits, each in its own language, and 0 for a person', () => {
    const xml = toGather(
      { said: [{ text: 'Welcome to RSoft.\n\nHow can we help you?', choices }], language: 'en' },
      action,
      settings,
    );
    expect(shape(xml)).toBe(
      shape(
        gathered({ input: ['dtmf', 'speech'], numDigits: 1, language: 'en-IN', speechTimeout: 'auto' }, [
          [english, 'Welcome to RSoft. How can we help you?'],
          [english, 'For a demo or prices, press 1.'],
          [hindi, 'For हिन्दी, press 2.'],
          [english, 'To speak to a person, press 0.'],
        ]),
      ),
    );
  });

  it('lets numbers be typed and ended by the hash, and is not recognised by voice', () => {
    const xml = toGather(
      { said: [{ text: 'आपका नंबर?' }], language: 'hi', expects: 'phone' },
      action,
      settings,
    );
    expect(shape(xml)).toBe(shape(gathered({ input: ['dtmf'], finishOnKey: '#' }, [[hindi, 'आपका नंबर?']])));
  });

  it('says after a silence that it heard nothing', () => {
    const xml = toGather({ said: [{ text: 'Your name?' }], language: 'en', silence: true }, action, settings);
    expect(shape(xml)).toBe(
      shape(
        gathered({ input: ['dtmf', 'speech'], finishOnKey: '#', language: 'en-IN', speechTimeout: 'auto' }, [
          [english, 'I did not hear anything.'],
          [english, 'Your name?'],
        ]),
      ),
    );
  });

  it('offers more than nine choices by two digits', () => {
    const many = Array.from({ length: 12 }, (_, n) => ({ label: `city ${n + 1}`, value: `city=${n}` }));
    const xml = toGather({ said: [{ text: 'Which?', choices: many }], language: 'en' }, action, settings);
    expect(xml).toContain('For city 12, press 12.');
    expect(xml).toContain('finishOnKey="#"');
    expect(xml).not.toContain('numDigits');
  });

  it('cannot be broken out of by a text', () => {
    const xml = toGather(
      { said: [{ text: '</Say><Dial>+1900</Dial>\u0000 & "x"' }], language: 'en' },
      action,
      settings,
    );
    expect(xml).not.toContain('<Dial>');
    expect(xml).not.toContain('\u0000');
  });

  it.each([
    ['*RSoft CRM* 👍🏽 – see https://rsoft.example/a?b=c', 'RSoft CRM – see'],
    ['Prices:\n- CRM\n- ERP', 'Prices: CRM. ERP'],
    ['from ₹ 12,000 a year', 'from 12,000 rupees a year'],
    ['We call +919845012345', 'We call 9 1 9 8 4 5 0 1 2 3 4 5'],
    ['Your ticket is T-2026-00042', 'Your ticket is T 2026 0 0 0 4 2'],
  ])('speaks %j as %j', (written, said) => {
    expect(spoken(written)).toBe(said);
  });
});
