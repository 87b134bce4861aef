/** The verdict on an enquiry, with its evidence: pure, so that every rule can be read and tested by itself. */
import type { ContactMatch } from '../contacts/contract.ts';
import type { LeadRef } from '../leads/contract.ts';
import type { Evidence, Verdict } from './contract.ts';

export type Known = {
  contactId: string;
  matches: ContactMatch[];
  /** The contact's leads, newest first. */
  leads: LeadRef[];
  junk?: { label: string; score: number; reasons?: string[] };
  now: Date;
  silentDays: number;
  junkScore: number;
  /** Where addresses were said that nobody has proved. */
  said?: 'in the conversation' | 'in the file';
};
export type Decision = { verdict: Verdict; evidence: Evidence[]; lead?: LeadRef };

/**
 * Duplicate: an open lead of the same person. Re-engaged: only closed or silent ones. Junk: a stranger whose words
 * read so. New: the rest. Whoever has a lead is never junk, whatever they write.
 */
export function decideVerdict(known: Known): Decision {
  const addresses = known.matches.map((match) => addressEvidence(match, known.said ?? 'in the conversation'));
  const open = known.leads.find(({ stageKind }) => stageKind === 'open');
  const junk =
    known.junk && known.junk.label !== 'ok' && known.junk.score >= known.junkScore ? known.junk : undefined;
  const words = junk ? [junkEvidence(junk, known.leads.length > 0)] : [];

  if (open) {
    const silent = daysBetween(open.lastActivityAt, known.now) >= known.silentDays;
    const evidence = [...addresses, silent ? silentLead(open, known) : openLead(open), ...words];
    return { verdict: silent ? 'reengaged' : 'duplicate', evidence, lead: open };
  }
  const closed = known.leads[0];
  if (closed)
    return { verdict: 'reengaged', evidence: [...addresses, closedLead(closed), ...words], lead: closed };
  if (junk) return { verdict: 'junk', evidence: [...addresses, ...words] };
  return {
    verdict: 'new',
    evidence: [...addresses, addresses.some(({ score }) => score > 0.5) ? knownWithoutLead() : unknown()],
  };
}

const schemeNames: Record<string, string> = { phone: 'number', email: 'e-mail', visitor: 'browser' };
const nameOf = (scheme: string): string => schemeNames[scheme] ?? 'chat account';

function addressEvidence(match: ContactMatch, where: string): Evidence {
  const { scheme, value, contactId, name, verified, conflict, people } = match;
  if (people !== undefined)
    return {
      rule: `shared-${scheme}`,
      score: 0,
      text: `The ${nameOf(scheme)} ${value} is shared (${people} people gave it): nobody was recognised by it.`,
    };
  const matched = { kind: 'Contact' as const, id: contactId, label: name || value };
  // Without the other's name: whoever reads this may not be allowed to see that contact.
  if (conflict) {
    return {
      rule: `other-${scheme}`,
      score: 0.3,
      matched: { ...matched, label: value },
      text: `The ${nameOf(scheme)} ${value} belongs to another contact; nothing was merged.`,
    };
  }
  if (scheme === 'visitor')
    return {
      rule: 'same-visitor',
      score: 0.8,
      matched,
      text: `The same browser wrote before, as ${matched.label}.`,
    };
  const said = verified ? '' : ` (stated ${where}, not proved)`;
  return {
    rule: `same-${scheme}`,
    score: verified ? 1 : 0.9,
    matched,
    text: `The ${nameOf(scheme)} ${value} is that of ${matched.label}${said}.`,
  };
}

const matchedLead = ({ id, number, name }: LeadRef) => ({
  kind: 'Lead' as const,
  id,
  label: `#${number} ${name}`,
});
const openLead = (lead: LeadRef): Evidence => ({
  rule: 'open-lead',
  score: 1,
  matched: matchedLead(lead),
  text: `Lead #${lead.number} is open (${lead.stageLabel}).`,
});
const silentLead = (lead: LeadRef, { now, silentDays }: Known): Evidence => ({
  rule: 'silent-lead',
  score: 0.9,
  matched: matchedLead(lead),
  text: `Lead #${lead.number} is open, but nothing happened on it for ${daysBetween(lead.lastActivityAt, now)} days (limit ${silentDays}).`,
});
const closedLead = (lead: LeadRef): Evidence => ({
  rule: 'closed-lead',
  score: 1,
  matched: matchedLead(lead),
  text: `Lead #${lead.number} was closed (${lead.stageLabel}${lead.lostReasonLabel ? `: ${lead.lostReasonLabel}` : ''}).`,
});
const knownWithoutLead = (): Evidence => ({
  rule: 'no-lead',
  score: 1,
  text: 'The contact is known, but has no lead yet.',
});
const unknown = (): Evidence => ({
  rule: 'no-match',
  score: 1,
  text: 'Neither number, e-mail nor chat account is known.',
});

function junkEvidence({ label, score, reasons }: NonNullable<Known['junk']>, customer: boolean): Evidence {
  const because = reasons?.length ? `: ${reasons.join(', ')}` : '';
  const kept = customer ? ' Not used: a person with a lead is never junk.' : '';
  return {
    rule: 'junk-words',
    score,
    text: `The words read as ${label.replace('_', ' ')} (${Math.round(score * 100)} %)${because}.${kept}`,
  };
}

const daysBetween = (from: string, to: Date): number =>
  Math.floor((to.getTime() - Date.parse(from)) / 86_400_000);
