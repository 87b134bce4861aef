/** Twilio's own library, loaded with the account, over the fetch that we were given and to the address of the settings. */
import type { ChannelPort } from '../../../core/define.ts';
import type { TwilioSettings } from '../settings.ts';

type Request = {
  method?: string;
  uri?: string;
  username?: string;
  password?: string;
  headers?: Record<string, string>;
  params?: object;
  data?: object;
};

export async function twilioClient(settings: TwilioSettings, port: Pick<ChannelPort, 'fetch'>) {
  const { default: sdk } = await import('twilio');
  /** In place of the library's own, which reaches Twilio alone and tells neither what was lost nor how long to wait. */
  async function request(opts: Request) {
    const url = moved(opts.uri ?? '', settings.apiUrl);
    for (const [name, value] of pairsOf(opts.params)) url.searchParams.append(name, value);
    const answer = await port.fetch(url, {
      method: opts.method ?? 'GET',
      headers: {
        ...opts.headers,
        authorization: `Basic ${Buffer.from(`${opts.username}:${opts.password}`).toString('base64')}`,
      },
      ...(opts.data && { body: new URLSearchParams(pairsOf(opts.data)) }),
      redirect: 'error',
      signal: AbortSignal.timeout(settings.timeoutMs),
    });
    const body = await answer.text();
    if (answer.status === 429) throw new TooFast(Number(answer.headers.get('retry-after')) || 1);
    return { statusCode: answer.status, body, headers: Object.fromEntries(answer.headers) };
  }
  return new sdk.Twilio(settings.accountSid, settings.authTokens[0], {
    httpClient: { request } as unknown as InstanceType<typeof sdk.RequestClient>,
    autoRetry: false,
  });
}
export type TwilioClient = Awaited<ReturnType<typeof twilioClient>>;

export class TooFast extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('too many requests');
    this.seconds = seconds;
  }
}

const moved = (uri: string, apiUrl: string): URL => {
  const { pathname, search } = new URL(uri);
  return new URL(pathname + search, apiUrl);
};

/** Lists are repeated names, as Twilio wants them. */
const pairsOf = (fields: object = {}): [string, string][] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  );
