/** A provider that is away as a whole: every address of it, in the words that it has for that. */
import type { Answer, Call, Routes } from './http.ts';
import type { EmulatorAccounts, Outage, Provider } from './types.ts';

export function outageRoutes(
  accounts: EmulatorAccounts,
  outageOf: (provider: Provider) => Outage | undefined,
): Routes {
  return (call) => {
    const provider = providerOf(call, accounts);
    const outage = provider && outageOf(provider);
    if (!outage) return undefined;
    if (outage === 'hangUp') {
      call.drop();
      return { status: 503 };
    }
    return unavailable[provider];
  };
}

function providerOf({ path }: Call, { facebook }: EmulatorAccounts): Provider | undefined {
  if (/^\/(file\/)?bot[^/]+\//.test(path)) return 'telegram';
  if (/^\/(api|_response|_upload)\//.test(path)) return 'slack';
  const id = /^\/v\d+\.\d+\/([^/]+)/.exec(path)?.[1];
  if (id === undefined) return undefined;
  return id === facebook.pageId ? 'facebook' : 'whatsapp';
}

/** developers.facebook.com/docs/graph-api/guides/error-handling; 503s of Telegram's and Slack's front ends. */
const graph: Answer = {
  status: 503,
  body: { error: { message: 'Service temporarily unavailable', type: 'OAuthException', code: 2 } },
};
const unavailable: Record<string, Answer> = {
  whatsapp: graph,
  facebook: graph,
  telegram: { status: 503, body: { ok: false, error_code: 503, description: 'Service Unavailable' } },
  slack: { status: 503, body: { ok: false, error: 'service_unavailable' } },
};
