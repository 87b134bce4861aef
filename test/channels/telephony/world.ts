/** The product with two telephone accounts; Twilio's own library signs what Twilio sends. */
import twilioSdk from 'twilio';
import { type TestApp, testApp } from '../../support/app.ts';

export const publicUrl = 'https://crm.example.com';
export const authToken = 'an-auth-token-of-the-tests';
export const nextToken = 'the-next-auth-token';
export const exotelToken = 'a-long-word-in-the-address';
/** Ours, as the client dials it; a line of Priya's; the client. */
export const ours = '+918045671234';
export const hoarding = '+918045679999';
export const priyasLine = '+919900011122';
export const ravi = '+919845012345';

const { getExpectedTwilioSignature } = twilioSdk;
export type Params = Record<string, string>;

export function signed(params: Params, { token = authToken, path = '/webhooks/telephony/main' } = {}) {
  return {
    method: 'POST' as const,
    url: path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(token, `${publicUrl}${path}`, params),
    },
    payload: new URLSearchParams(params).toString(),
  };
}

type Settings = Record<string, unknown>;
type Request = { method: 'GET' | 'POST'; url: string; headers?: Record<string, string>; payload?: string };

export async function phoneWorld({
  twilio = {},
  exotel = {},
  env = {},
  now,
}: {
  twilio?: Settings;
  exotel?: Settings;
  env?: Record<string, string>;
  now?: string;
} = {}) {
  const app: TestApp = await testApp({
    ...(now && { now }),
    env: { PUBLIC_URL: publicUrl, ...env },
    change: (config) => {
      config.accounts.push(
        {
          id: 'main',
          channel: 'telephony',
          missing: [],
          settings: {
            provider: 'twilio',
            accountSid: 'ACtest',
            authTokens: [authToken, nextToken],
            forward: [priyasLine],
            numbers: { [hoarding]: { source: 'Hoarding', campaign: 'Anna Salai' } },
            ...twilio,
          },
        },
        {
          id: 'exotel',
          channel: 'telephony',
          missing: [],
          settings: { provider: 'exotel', tokens: [exotelToken], ...exotel },
        },
      );
    },
  });
  await app.start();
  return {
    app,
    /** What Twilio posts; resolves when everything that follows from it is done. */
    async twilio(params: Params, options?: Parameters<typeof signed>[1]) {
      const answer = await app.server.inject(signed(params, options));
      await app.idle();
      return answer;
    },
    /** What Exotel sends. */
    async exotel(request: Request) {
      const answer = await app.server.inject(request);
      await app.idle();
      return answer;
    },
  };
}
export type PhoneWorld = Awaited<ReturnType<typeof phoneWorld>>;

/** The request that Twilio makes for a call that comes in, and what it posts afterwards (twilio.com/docs/voice/twiml). */
export function incoming(sid: string, { from = ravi, to = ours } = {}) {
  const call = {
    CallSid: sid,
    AccountSid: 'ACtest',
    From: from,
    To: to,
    Direction: 'inbound',
    ApiVersion: '2010-04-01',
  };
  const leg = {
    CallSid: `${sid}-leg`,
    ParentCallSid: sid,
    AccountSid: 'ACtest',
    From: from,
    To: priyasLine,
    Direction: 'outbound-dial',
    CallbackSource: 'call-progress-events',
  };
  return {
    rings: { ...call, CallStatus: 'ringing' },
    taken: { ...leg, CallStatus: 'in-progress', SequenceNumber: '2' },
    legEnds: (seconds: number) => ({
      ...leg,
      CallStatus: 'completed',
      CallDuration: `${seconds}`,
      SequenceNumber: '3',
    }),
    legUntaken: { ...leg, CallStatus: 'no-answer', CallDuration: '0', SequenceNumber: '3' },
    dialEnds: (status: string, seconds = 0) => ({
      ...call,
      CallStatus: 'in-progress',
      DialCallStatus: status,
      DialCallSid: `${sid}-leg`,
      ...(seconds && { DialCallDuration: `${seconds}` }),
    }),
    ends: (seconds: number) => ({ ...call, CallStatus: 'completed', CallDuration: `${seconds}` }),
  };
}
