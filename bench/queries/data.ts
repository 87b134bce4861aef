/** The same leads for both: spread over callers, stages, sources and days, without an order that an index would like. */
import { searchTokens } from '../../src/domain/leads/rules.ts';

export const callers = Array.from({ length: 20 }, (_, n) => `caller-${n}`);
const stages = ['not-attempted', 'follow-up', 'demo-confirmed', 'proposal-sent', 'won', 'lost'];
const sources = ['Website', 'Google', 'Referral', 'Newspaper', 'WhatsApp'];

export type BenchLead = ReturnType<ReturnType<typeof leadsUntil>>;

/** @param now milliseconds; a lead a minute before it. */
export const leadsUntil = (now: number) => (n: number) => {
  const mixed = (n * 2_654_435_761) % 4_294_967_296;
  const who = {
    name: `Ravi${mixed % 9973} Kumar${mixed % 889}`,
    phone: `+9198${String(n).padStart(8, '0')}`,
    email: `ravi${n}@example.com`,
  };
  const createdAt = new Date(now - n * 60_000);
  const stage = stages[mixed % stages.length]!;
  const isClosed = stage === 'won' || stage === 'lost';
  return {
    _id: `lead-${String(n).padStart(7, '0')}`,
    number: n + 1,
    ...who,
    source: sources[(mixed >>> 5) % sources.length]!,
    medium: 'web',
    stage,
    contactId: `c${n}`,
    enquiryId: `e${n}`,
    verdict: 'new' as const,
    hot: mixed % 5 < 2,
    assigneeId: callers[(mixed >>> 9) % 20]!,
    teamIds: [],
    createdAt,
    lastActivityAt: createdAt,
    search: searchTokens(who),
    ...(isClosed && { closedAt: createdAt }),
    ...(!isClosed && mixed % 3 && { followUpAt: new Date(now + ((mixed % 2000) - 100) * 600_000) }),
  };
};
