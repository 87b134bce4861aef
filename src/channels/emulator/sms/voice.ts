/**
 * Twilio's calls, led by what TwiML says: a caller rings, hears, presses and speaks; colleagues take it or do not.
 * Fixtures after twilio.com/docs/voice/twiml and /docs/voice/twiml/gather, /dial, /record.
 */
import type { EmulatorAccounts, World } from '../types.ts';
import { createSender } from '../webhooks.ts';
import { type Fields, signedPost, type Target } from './signed-post.ts';

export type VoiceLine = { by: 'us' | 'caller' | 'network'; text: string };
export type VoiceCall = {
  sid: string;
  phone: string;
  /** What the caller can do now. */
  state: 'connecting' | 'listening' | 'ringing' | 'recording' | 'over';
  lines: VoiceLine[];
  /** Who is being rung. */
  rung: string[];
};
export type Telephones = ReturnType<typeof createVoice>;

export function createVoice(world: World, account: EmulatorAccounts['twilio'], target: Target) {
  const calls: (VoiceCall & { action: string })[] = [];
  const sender = createSender(world, 'twilio', []);
  const post = signedPost(sender, account.authToken, target);

  const standard = ({ sid, phone }: VoiceCall, status = 'in-progress'): Fields => ({
    CallSid: sid,
    AccountSid: account.accountSid,
    From: phone,
    To: account.number,
    Direction: 'inbound',
    CallStatus: status,
    ApiVersion: '2010-04-01',
  });
  const here = () => target.signed('/webhooks/telephony/main');

  async function ask(call: (typeof calls)[number], address: string, fields: Fields): Promise<void> {
    const { acknowledged, body, status } = await post(address, fields);
    if (!acknowledged) {
      call.lines.push({ by: 'network', text: `The call cannot be completed (${status}).` });
      call.state = 'over';
    } else await play(call, String(body));
    world.bus.emit('change');
  }

  /** Does what the document says, verb by verb, until somebody else has to do something. */
  async function play(call: (typeof calls)[number], xml: string): Promise<void> {
    for (const [, said] of xml.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g))
      call.lines.push({ by: 'us', text: plainText(said!) });
    const action = (verb: string) => {
      const found = new RegExp(`<${verb}[^>]*?(?: action="([^"]*)"|>([^<]*))`).exec(xml);
      return plainText(found?.[1] ?? found?.[2] ?? '');
    };
    if (xml.includes('<Redirect')) return ask(call, action('Redirect'), standard(call));
    if (xml.includes('<Gather ')) Object.assign(call, { state: 'listening', action: action('Gather') });
    else if (xml.includes('<Dial ')) {
      call.rung = [...xml.matchAll(/<(?:Number|Client|Sip)[^>]*>([^<]+)</g)].map(([, who]) =>
        plainText(who!),
      );
      call.lines.push({ by: 'network', text: `Rings ${call.rung.join(', ')}` });
      Object.assign(call, { state: 'ringing', action: action('Dial') });
    } else if (xml.includes('<Record '))
      Object.assign(call, { state: 'recording', action: action('Record') });
    else await over(call);
  }

  async function over(call: VoiceCall): Promise<void> {
    if (call.state === 'over') return;
    call.state = 'over';
    call.lines.push({ by: 'network', text: 'The call is over.' });
    await post(here(), { ...standard(call, 'completed'), CallDuration: '30' });
    world.bus.emit('change');
  }

  function openCall(phone: string, state?: VoiceCall['state']): (typeof calls)[number] {
    const call = calls.findLast((one) => one.phone === phone && one.state !== 'over');
    if (!call) throw new Error(`${phone} is on no call`);
    if (state && call.state !== state) throw new Error(`the call is ${call.state}`);
    return call;
  }

  return {
    number: account.number,
    async ring(phone: string): Promise<void> {
      const sid = `CA${String(world.next()).padStart(32, '0')}`;
      const call = { sid, phone, state: 'connecting' as const, lines: [], rung: [], action: '' };
      calls.push(call);
      world.bus.emit('change');
      await ask(call, here(), standard(call, 'ringing'));
    },
    async press(phone: string, digits: string): Promise<void> {
      const call = openCall(phone, 'listening');
      call.lines.push({ by: 'caller', text: digits });
      await ask(call, call.action, { ...standard(call), Digits: digits });
    },
    async say(phone: string, words: string): Promise<void> {
      const call = openCall(phone);
      call.lines.push({ by: 'caller', text: words });
      if (call.state === 'listening')
        return ask(call, call.action, { ...standard(call), SpeechResult: words, Confidence: '0.92' });
      if (call.state !== 'recording') throw new Error(`the call is ${call.state}`);
      const recording = {
        RecordingSid: `RE${String(world.next()).padStart(32, '0')}`,
        RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Recordings/RE1`,
        RecordingDuration: '9',
      };
      await ask(call, call.action, { ...standard(call), ...recording, Digits: '#' });
    },
    /** Nothing is pressed until Twilio has waited long enough. */
    async keepSilent(phone: string): Promise<void> {
      const call = openCall(phone, 'listening');
      await ask(call, call.action, standard(call));
    },
    /** A colleague takes the call, or nobody does. */
    async colleague(phone: string, takes: boolean): Promise<void> {
      const call = openCall(phone, 'ringing');
      const leg = {
        CallSid: `${call.sid}L`,
        ParentCallSid: call.sid,
        Direction: 'outbound-dial',
        From: phone,
      };
      const who = call.rung[0] ?? '';
      const end = {
        ...leg,
        To: who,
        CallbackSource: 'call-progress-events',
        CallDuration: takes ? '25' : '0',
      };
      await post(here(), { ...end, CallStatus: takes ? 'completed' : 'no-answer' });
      call.lines.push({ by: 'network', text: takes ? `${who} took the call.` : 'Nobody took the call.' });
      const ended = takes ? { DialCallDuration: '25' } : undefined;
      await ask(call, call.action, {
        ...standard(call),
        DialCallStatus: takes ? 'completed' : 'no-answer',
        DialCallSid: `${call.sid}L`,
        ...ended,
      });
    },
    hangUp: (phone: string): Promise<void> => over(openCall(phone)),
    calls: (phone?: string): VoiceCall[] =>
      calls.filter((call) => !phone || call.phone === phone).map(({ action: _, ...call }) => call),
  };
}

const plainText = (xml: string): string =>
  xml.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/&amp;/g, '&');
