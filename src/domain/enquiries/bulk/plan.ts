/** What each enquiry of a batch becomes, one after the other: pure. Later rows meet what earlier ones made. */
import type { Matcher, Meeting } from '../../contacts/contract.ts';
import type { Fillable, LeadRef } from '../../leads/contract.ts';
import type { ProjectView } from '../../staff/contract.ts';
import type { BulkAction, BulkOutcome, BulkPolicy, BulkRow, Evidence } from '../contract.ts';
import { type Decision, decideVerdict } from '../rules.ts';

export type KnownLead = { ref: LeadRef; empty: Fillable[] };

export type Planned = BulkOutcome & {
  row: BulkRow;
  meeting: Meeting;
  /** The known lead that it goes to, as it was. */
  was?: { lastActivityAt: string; stage: string };
  fill?: Partial<Record<Fillable, string>>;
  /** Of which it is, where it becomes a lead. */
  project?: ProjectView | undefined;
};
type World = {
  matcher: Matcher;
  /** By contact, the newest first. Grows with what is planned. */
  leads: Map<string, KnownLead[]>;
  policy: BulkPolicy;
  /** Leads that may be filled. */
  mayFill: Set<string>;
  nextNumber: number;
  now: Date;
  silentDays: number;
  junkScore: number;
  id: () => string;
};

export function planBatch(rows: BulkRow[], world: World): Planned[] {
  const openedBy = new Map<string, number>();
  return rows.map((row) => {
    const meeting = world.matcher.meet(row);
    const leads = world.leads.get(meeting.contactId) ?? [];
    const decided = decideVerdict({
      contactId: meeting.contactId,
      matches: meeting.matchedBy,
      leads: leads.map(({ ref }) => ref),
      now: world.now,
      silentDays: world.silentDays,
      junkScore: world.junkScore,
      said: 'in the file',
      ...(row.junk && { junk: row.junk }),
    });
    const action = actionFor(decided, world);
    const planned = {
      row,
      meeting,
      n: row.n,
      verdict: decided.verdict,
      action,
      evidence: inFile(decided, openedBy),
      contactId: meeting.contactId,
      madeContact: meeting.created,
    };
    return follow(planned, decided.lead, world, openedBy);
  });
}

function actionFor({ verdict, lead }: Decision, { policy, mayFill }: World): BulkAction {
  if (verdict === 'new') return 'opened';
  if (verdict === 'junk') return 'kept';
  if (verdict === 'reengaged') return policy.silent === 'reopen' ? 'reopened' : 'skipped';
  // What somebody may not change is not filled: the enquiry is added, as it is for everybody's.
  if (policy.known === 'fill') return mayFill.has(lead!.id) ? 'filled' : 'added';
  return policy.known === 'skip' ? 'skipped' : 'added';
}

/** A lead that this file has just made has a row rather than a history. */
function inFile({ evidence, lead }: Decision, openedBy: Map<string, number>): Evidence[] {
  const first = lead && openedBy.get(lead.id);
  if (first === undefined) return evidence;
  return [{ rule: 'same-file', score: 1, text: `It repeats row ${first} of this file.` }];
}

function follow(
  planned: Planned,
  lead: LeadRef | undefined,
  world: World,
  openedBy: Map<string, number>,
): Planned {
  const { action, meeting, row } = planned;
  if (action === 'skipped') return { ...planned, ...pointTo(lead), contactId: undefined, madeContact: false };
  if (action === 'opened') {
    world.matcher.keep(meeting);
    const made = refOf(planned, world);
    openedBy.set(made.id, row.n);
    remember(world, meeting.contactId, made);
    return { ...planned, enquiryId: world.id(), ...pointTo(made) };
  }
  if (lead) planned.was = { lastActivityAt: lead.lastActivityAt, stage: lead.stage };
  if (action === 'filled') return filled(planned, lead!, world);
  world.matcher.keep(meeting);
  if (action === 'reopened')
    Object.assign(lead!, { stageKind: 'open', lastActivityAt: world.now.toISOString() });
  return { ...planned, enquiryId: world.id(), ...pointTo(lead) };
}

const pointTo = (lead?: LeadRef) => (lead ? { leadId: lead.id, leadNumber: lead.number } : {});

function filled(planned: Planned, lead: LeadRef, world: World): Planned {
  const { meeting, row } = planned;
  const known = world.leads.get(meeting.contactId)!.find(({ ref }) => ref.id === lead.id)!;
  const ofContact = world.matcher.fill(meeting, row);
  world.matcher.keep(meeting);
  const { phone, email } = meeting.particulars;
  const said: Partial<Record<Fillable, string>> = { ...row, phone, email };
  const fields = known.empty.filter(
    (field) =>
      said[field] && (!(field === 'phone' || field === 'email') || isTheirs(field, meeting, ofContact)),
  );
  known.empty = known.empty.filter((field) => !fields.includes(field));
  const fill = Object.fromEntries(fields.map((field) => [field, said[field]!]));
  return { ...planned, ...pointTo(lead), fill, filled: fields };
}

/** An address that belongs to somebody else does not go on this lead. */
const isTheirs = (
  field: 'phone' | 'email',
  { contact, particulars }: Meeting,
  filled: { phone?: string; email?: string },
): boolean => filled[field] !== undefined || contact[field] === particulars[field];

function remember({ leads }: World, contactId: string, ref: LeadRef): void {
  leads.set(contactId, [{ ref, empty: [] }, ...(leads.get(contactId) ?? [])]);
}

function refOf({ row, meeting }: Planned, world: World): LeadRef {
  const { name = '', phone, email } = meeting.particulars;
  return {
    id: world.id(),
    number: world.nextNumber++,
    name: name || phone || email || 'Unknown',
    source: row.source,
    medium: row.medium,
    stage: '',
    stageLabel: '',
    stageKind: 'open',
    contactId: meeting.contactId,
    teamIds: [],
    lastActivityAt: world.now.toISOString(),
    createdAt: world.now.toISOString(),
    online: false,
  };
}
