/** Who spoke with whom, and what came of it, out of a call's legs: pure. */
import { type CallReport, type CallStatus, callStatuses } from '../../core/messaging.ts';
import type { Leg, PhoneCallDocument } from './model.ts';

type Seen = Pick<
  PhoneCallDocument,
  'direction' | 'from' | 'to' | 'line' | 'status' | 'seconds' | 'at' | 'answered' | 'legsDone' | 'legs'
>;

/** Reports come in any order: what is further on wins, and what was once known stays. */
export function merge<C extends Seen>(call: C, report: CallReport): C {
  const { legId, status, seconds, from, to, line, direction, at, answered, legsDone } = report;
  const news = { ...(from && { from }), ...(to && { to }), ...(seconds && { seconds }) };
  const legs = legId
    ? {
        ...call.legs,
        [legId]: {
          ...news,
          ...call.legs[legId],
          ...(seconds && { seconds }),
          ...further(call.legs[legId], status),
        },
      }
    : call.legs;
  return {
    ...call,
    legs,
    ...(!legId && { ...news, ...first(call, ['from', 'to']), ...further(call, status) }),
    ...(direction && !call.direction && { direction }),
    ...(line && { line }),
    ...(answered && { answered }),
    ...(legsDone && { legsDone }),
    at: at && at < call.at ? at : call.at,
  };
}

const first = (call: Seen, keys: ('from' | 'to')[]) =>
  Object.fromEntries(keys.flatMap((key) => (call[key] ? [[key, call[key]]] : [])));
const rank = (status?: CallStatus): number => (status ? Math.min(callStatuses.indexOf(status), 2) : -1);
function further(known: Leg | undefined, status?: CallStatus): { status?: CallStatus } {
  const was = known?.status;
  if (!status) return was ? { status: was } : {};
  // Of two ends the one in which somebody spoke is right: a leg that was not taken is told of, too.
  if (rank(status) === 2 && rank(was) === 2) return { status: was === 'completed' ? was : status };
  return { status: rank(status) >= rank(was) ? status : was! };
}

export type Summary = {
  direction: 'in' | 'out';
  /** The client's number; absent: withheld. */
  customer?: string;
  /** The colleague's line. */
  line?: string;
  /** Absent: it is still going on, or nobody has rung the client at all. */
  outcome?: 'answered' | 'missed' | 'rnr' | 'busy' | 'unreachable';
  seconds?: number;
};

/**
 * A call comes in where a stranger rang us. It goes out where one of our lines did: from a softphone, by a dialer that
 * rings the colleague first and the client second, or straight to the client.
 */
export function summarise(call: Seen, isLine: (end: string) => boolean): Summary {
  const ours = (end?: string): boolean =>
    end !== undefined && (/^(client|sip|agent):/.test(end) || isLine(end));
  const legs = Object.values(call.legs);
  const client = legs.find(({ to }) => to && !ours(to));
  if (call.direction === 'in' && !ours(call.from)) return incoming(call, legs);
  if (call.direction === 'in' || ours(call.to))
    // Our own line was rung or rang first: the client is at the end of a leg.
    return outgoing(
      client ?? {},
      client?.to ?? (ours(call.to) ? undefined : call.to),
      ours(call.from) ? call.from : call.to,
    );
  return outgoing(call, call.to, call.line ?? (ours(call.from) ? call.from : undefined));
}

const isOver = (status?: CallStatus): boolean => rank(status) === 2;

function incoming(call: Seen, legs: Leg[]): Summary {
  const taken = legs.find(({ status }) => status === 'completed' || status === 'talking');
  const byLegs = legs.length > 0 || call.answered === 'forwarded';
  const isAnswered = byLegs ? Boolean(taken) : call.status === 'completed' && call.answered !== 'unattended';
  const ended =
    call.answered === 'unattended' || call.legsDone || isOver(call.status) || taken?.status === 'completed';
  const line = taken?.to ?? call.line;
  const seconds = taken?.seconds ?? (byLegs ? undefined : call.seconds);
  return {
    direction: 'in',
    ...(call.from && { customer: call.from }),
    ...(line && isAnswered && { line }),
    ...(ended && { outcome: isAnswered ? 'answered' : 'missed' }),
    ...(isAnswered && seconds !== undefined && { seconds }),
  };
}

const results: Partial<Record<CallStatus, Summary['outcome']>> = {
  completed: 'answered',
  busy: 'busy',
  'no-answer': 'rnr',
  failed: 'unreachable',
};

function outgoing({ status, seconds }: Leg, customer?: string, line?: string): Summary {
  const outcome = status && results[status];
  return {
    direction: 'out',
    ...(customer && { customer }),
    ...(line && { line }),
    ...(outcome && { outcome }),
    ...(outcome === 'answered' && seconds !== undefined && { seconds }),
  };
}
