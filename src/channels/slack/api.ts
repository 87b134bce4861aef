/** The Web API by Slack's own client, loaded at the first call; and response urls. What a failure means, once. */
import type { WebClient } from '@slack/web-api';
import type { ChannelPort } from '../../core/define.ts';
import type { SendErrorKind, SendResult } from '../../core/messaging.ts';
import { lost } from '../lost.ts';
import { isSlacks } from './hosts.ts';
import { boltLogger } from './logger.ts';
import type { Settings } from './settings.ts';

export type Refusal = Extract<SendResult, { ok: false }> & { code?: string };
export type ApiAnswer = { ok: true; body: Record<string, any> } | { ok: false; error: Refusal };
export type SlackApi = {
  call(method: string, args: Record<string, unknown>): Promise<ApiAnswer>;
  respond(url: string, body: Record<string, unknown>): Promise<ApiAnswer>;
};

export function slackApi(settings: Settings, port: ChannelPort): SlackApi {
  let client: Promise<WebClient> | undefined;
  const load = async (): Promise<WebClient> => {
    const { WebClient } = await import('@slack/web-api');
    return new WebClient(settings.botToken, {
      slackApiUrl: settings.apiUrl,
      allowAbsoluteUrls: false,
      timeout: settings.timeoutMs,
      // The outbox retries and waits; a client that does so by itself could post twice.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: boltLogger(port.log),
    });
  };

  return {
    async call(method, args) {
      client ??= load();
      try {
        return { ok: true, body: await (await client).apiCall(method, args) };
      } catch (error) {
        return { ok: false, error: refusal(error) };
      }
    },
    async respond(url, body) {
      if (!isSlacks(url, settings))
        return {
          ok: false,
          error: { ok: false, error: 'content', message: 'the response url is not Slack’s' },
        };
      try {
        const response = await port.fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          redirect: 'error',
          signal: AbortSignal.timeout(settings.timeoutMs),
        });
        if (response.ok) return { ok: true, body: {} };
        return {
          ok: false,
          error: byStatus(
            response.status,
            (await response.text()).slice(0, 100),
            Number(response.headers.get('retry-after')),
          ),
        };
      } catch (error) {
        return { ok: false, error: lost(error) };
      }
    },
  };
}

/** Error codes of docs.slack.dev/reference/methods/chat.postMessage and /views.open. */
const kinds: Record<string, SendErrorKind> = {
  invalid_auth: 'auth',
  not_authed: 'auth',
  account_inactive: 'auth',
  token_revoked: 'auth',
  token_expired: 'auth',
  no_permission: 'auth',
  missing_scope: 'auth',
  access_denied: 'auth',
  org_login_required: 'auth',
  channel_not_found: 'recipient',
  user_not_found: 'recipient',
  users_not_found: 'recipient',
  user_not_visible: 'recipient',
  user_disabled: 'recipient',
  user_not_in_channel: 'recipient',
  not_in_channel: 'recipient',
  is_archived: 'recipient',
  cannot_dm_bot: 'recipient',
  messages_tab_disabled: 'recipient',
  restricted_action: 'recipient',
  message_not_found: 'recipient',
  ratelimited: 'rate',
  rate_limited: 'rate',
  message_limit_exceeded: 'rate',
  service_unavailable: 'transient',
  request_timeout: 'transient',
  team_added_to_org: 'transient',
  // "It's possible some aspect of the operation succeeded before the error was raised."
  internal_error: 'ambiguous',
  fatal_error: 'ambiguous',
};

function refusal(error: unknown): Refusal {
  const { code, data, retryAfter, statusCode, original } = error as {
    code?: string;
    data?: { error: string; response_metadata?: { messages?: string[] } };
    retryAfter?: number;
    statusCode?: number;
    original?: Error;
  };
  switch (code) {
    case 'slack_webapi_platform_error': {
      const why = data?.error ?? 'unknown';
      const detail = data?.response_metadata?.messages?.join('; ');
      return {
        ok: false,
        error: kinds[why] ?? 'content',
        message: detail ? `${why}: ${detail}` : why,
        code: why,
      };
    }
    case 'slack_webapi_rate_limited_error':
      return { ok: false, error: 'rate', message: 'ratelimited', retryAfterMs: (retryAfter ?? 1) * 1000 };
    case 'slack_webapi_http_error':
      return byStatus(statusCode ?? 500, `HTTP ${statusCode}`);
    default:
      return lost(original ?? error);
  }
}

function byStatus(status: number, message: string, retryAfter = Number.NaN): Refusal {
  const waits = status === 429 && { retryAfterMs: (retryAfter || 1) * 1000 };
  const error: SendErrorKind =
    status === 429
      ? 'rate'
      : status === 503
        ? 'transient'
        : status >= 500
          ? 'ambiguous'
          : status === 401 || status === 403
            ? 'auth'
            : 'content';
  return { ok: false, error, message, ...(status === 404 && { code: 'expired_url' }), ...waits };
}
