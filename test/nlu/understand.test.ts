import { describe, expect, it } from '@jest/globals';
import { createNlu } from '../../src/nlu/index.ts';

const nlu = createNlu({
  timezone: 'Asia/Kolkata',
  catalogue: ['CRM Pro', 'Ergonomic Office Chair', 'Executive Desk'],
});
/** Wednesday, 11 March 2026, 10:30 in India. */
const now = new Date('2026-03-11T10:30:00+05:30');
const understand = (text: string, expecting?: any) => nlu.understand(text, { now, expecting });

describe('a message with several things in it', () => {
  it('gives name, number and the time of the demo at once [M10]', () => {
    const { entities, acts } = understand('I am Priya Sharma, 98765 43210, demo tomorrow at 5pm please');
    expect(entities).toMatchObject({
      person: 'Priya Sharma',
      phone: '+919876543210',
      dateTime: { kind: 'exact', local: '2026-03-12T17:00' },
    });
    expect(acts).toContain('book_appointment');
  });

  it('finds both the price question and the wish to be called', () => {
    expect(understand('price? and please call me').acts).toEqual(
      expect.arrayContaining(['ask_price', 'call_back']),
    );
  });

  it('does not read the telephone number as a date or the date as a number', () => {
    const { entities } = understand('call 9812345678 on 20/03/2026');
    expect(entities.phone).toBe('+919812345678');
    expect(entities.dateTime?.local).toBe('2026-03-20');
  });
});

describe('stop, and a person wanted', () => {
  it.each([
    'STOP',
    'stop',
    'Unsubscribe',
    'CANCEL',
    'End',
    'quit',
    'stop!',
    'please remove my number',
    'mujhe message mat karo',
    'मैसेज मत भेजो',
    "don't contact me again",
  ])('hears "%s" as an opt-out [M133]', (text) => {
    const u = understand(text);
    expect(u.optOut).toBe(true);
    expect(u.intents[0]!.label).toBe('opt_out');
    expect(u.junk.label).toBe('ok');
  });

  it.each([
    'my machine stopped working',
    'stop this bot and give me a human',
    "don't call me now, call at 5",
    'cancel my demo',
    'the end of the month is fine',
    "I don't want to give my number",
    'number nahi dunga',
    'did not receive any message from you',
  ])('does not hear "%s" as an opt-out', (text) => expect(understand(text).optOut).toBe(false));

  it.each([
    'agent',
    'talk to a human',
    'connect me to your manager',
    'kisi insaan se baat karao',
    'मुझे किसी व्यक्ति से बात करनी है',
    'are you a bot?',
  ])('hears that "%s" wants a person', (text) => expect(understand(text).wantsHuman).toBe(true));

  it.each(['START', 'unstop', 'subscribe'])('hears "%s" as an opt-in', (text) =>
    expect(understand(text).optIn).toBe(true),
  );
});

describe('junk [M11]', () => {
  it.each([
    ['Congratulations! You have won 25 lakh in our lottery, click the link to claim', 'spam'],
    ['asdfghjk', 'gibberish'],
    ['you are a bloody idiot', 'abuse'],
    ['We are a leading SEO agency and would like to offer our services to your company', 'vendor_pitch'],
    ['Please find attached my resume for the post of accountant', 'job_seeker'],
  ])('says of "%s": %s, and why', (text, label) => {
    const { junk } = understand(text);
    expect(junk.label).toBe(label);
    expect(junk.reasons.length).toBeGreaterThan(0);
  });

  it.each([
    'ok',
    '12',
    'XK-4410',
    'your bloody machine is leaking again, send someone',
    'do you make websites?',
    'price?',
    '👍',
  ])('lets "%s" through', (text) => expect(understand(text).junk.label).toBe('ok'));
});

describe('short answers to what was asked', () => {
  it('takes a bare word as a name only when a name was asked for', () => {
    expect(understand('priya', 'name').entities.person).toBe('Priya');
    expect(understand('priya').entities.person).toBeUndefined();
  });

  it.each(['yes', 'ok', 'price?', 'call me later', 'why', 'asdfgh', 'hello'])(
    'never takes "%s" for a name',
    (text) => {
      expect(understand(text, 'name').entities.person).toBeUndefined();
    },
  );

  it('takes the name out of an answer that holds more', () => {
    expect(understand('ravi kumar, 5 chairs', 'name').entities).toMatchObject({ person: 'Ravi Kumar' });
    expect(understand('my name is actually Asha', 'name').entities.person).toBe('Asha');
  });

  it('hears a question in place of an answer', () => {
    const u = understand('wait, what is the price?', 'name');
    expect(u.entities.person).toBeUndefined();
    expect(u.intents[0]!.label).toBe('ask_price');
  });

  it('says what is wrong with a number that is none', () => {
    expect(understand('98765', 'phone').entities.phoneProblem).toBe('too-short');
  });
});
