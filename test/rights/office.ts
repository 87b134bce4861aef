/** Two branches, eight roles: one branch's records are the victim's, the other branch's people try to reach them. */
import { Readable } from 'node:stream';
import type { Config } from '../../src/core/config.ts';
import { ulids } from '../../src/core/ids.ts';
import type { Identity } from '../../src/core/messaging.ts';
import { addNote, logCall, setFollowUp } from '../../src/domain/activities/contract.ts';
import { bookAppointment } from '../../src/domain/appointments/contract.ts';
import { InboxModel } from '../../src/domain/conversations/model/inbox.ts';
import { MessageModel } from '../../src/domain/conversations/model/message.ts';
import { recordFeedback } from '../../src/domain/feedback/contract.ts';
import { createImportIntake } from '../../src/domain/imports/intake.ts';
import { tell } from '../../src/domain/notifications/contract.ts';
import { setReminder } from '../../src/domain/reminders/contract.ts';
import { freezeReport, saveReport } from '../../src/domain/reports/contract.ts';
import { createTeam, startLink } from '../../src/domain/staff/contract.ts';
import { giveTask } from '../../src/domain/tasks/contract.ts';
import { openTicket } from '../../src/domain/tickets/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../domain/sales/harness.ts';
import type { Ids } from './attempts.ts';

/** Words that stand in every record of the victim and nowhere else. */
export const secrets = ['Zqxwala', 'zqx@example.net', '+919845077777', '9845077777'];
const everywhere = [
  'Lead',
  'Enquiry',
  'Contact',
  'Conversation',
  'Call',
  'FollowUp',
  'Appointment',
  'Note',
  'Ticket',
  'Task',
  'Reminder',
] as const;
const each = (grants: object) => Object.fromEntries(everywhere.map((kind) => [kind, grants]));
const all = (scope: 'own' | 'team' | 'subtree') => ({
  create: scope,
  read: scope,
  update: scope,
  delete: scope,
  assign: scope,
  export: scope,
});
const self = { Notification: { read: 'own', update: 'own' } } as const;

/** Roles beside those that are shipped. */
export function withRoles(config: Config): void {
  const reports = { Report: { read: 'own', export: 'own' } };
  const role = (label: string, grants: object, assignsTo: string[] = []) =>
    ({ label, assignsTo, grants }) as Config['roles'][string];
  Object.assign(config.roles, {
    'team-lead': role(
      'Team lead',
      { ...each(all('team')), User: all('team'), ...reports, ...self, DeadLetter: all('team') },
      ['tele-caller'],
    ),
    'branch-manager': role(
      'Branch manager',
      { ...each(all('subtree')), User: all('subtree'), ...reports, ...self, DeadLetter: all('subtree') },
      ['tele-caller', 'team-lead'],
    ),
    auditor: role('Auditor', { '*': { read: 'all' } }),
    agent: role('Agent', { Lead: { read: 'own', update: 'own' }, Note: { create: 'own', read: 'own' } }),
    reader: role('Owner of nothing', each({ read: 'own' })),
    nothing: role('Nothing', {}),
  });
}

export type Office = Awaited<ReturnType<typeof openOffice>>;

export async function openOffice() {
  const crm: Sales = await sales({ change: withRoles });
  const team = async (name: string) => (await crm.bus.command(createTeam, { name }, asSystem)).id;
  const [north, south] = [await team('North'), await team('South')];
  const people: Record<string, Person> = {};
  const join = async (key: string, role: string, more: object = {}) => {
    people[key] = await crm.user(key, role, more);
    return people[key]!;
  };
  await join('administrator', 'administrator');
  await join('manager', 'manager');
  await join('auditor', 'auditor');
  // The victim's own branch: these see the record by right.
  const head = await join('north branch manager', 'branch-manager');
  await join('north team lead', 'team-lead', { teamIds: [north] });
  const victim = await join('victim', 'tele-caller', { teamIds: [north], managerId: head.id });
  const record = await makeRecords(crm, victim);
  // The other branch: these must find nothing.
  const other = await join('south branch manager', 'branch-manager');
  await join('south team lead', 'team-lead', { teamIds: [south] });
  await join('tele-caller', 'tele-caller', { teamIds: [south], managerId: other.id });
  await join('agent', 'agent', { teamIds: [south] });
  await join('reader', 'reader');
  await join('nobody', 'nothing');
  for (const [key, person] of Object.entries(people)) people[key] = await crm.again(person);
  return { crm, people, victim, ids: record, teams: { north, south } };
}

/** One customer with everything that can be recorded about them, all of it the victim's. */
async function makeRecords(crm: Sales, victim: Person): Promise<Ids> {
  const { bus, clock } = crm;
  const identities: Identity[] = [{ scheme: 'phone', value: '+919845077777' }];
  const conversationId = await crm.conversation('+919845077777', identities, {
    name: 'Zqxwala',
    preview: 'Zqxwala asks',
    search: ['zqxwala', '919845077777'],
  });
  const enquiry = await crm.enquire({
    conversationId,
    identities,
    name: 'Zqxwala',
    phone: '+919845077777',
    email: 'zqx@example.net',
    note: 'Zqxwala wants it',
    city: 'Zqxwala Town',
    product: 'Zqxwala Machine',
    assigneeId: victim.id,
  });
  const { leadId, contactId, enquiryId } = enquiry as {
    leadId: string;
    contactId: string;
    enquiryId: string;
  };
  const at = '2026-03-12T06:30:00Z';
  const { callId } = await bus.command(
    logCall,
    { leadId, outcome: 'answered', note: 'Zqxwala said' },
    victim,
  );
  const { followUp } = await bus.command(setFollowUp, { leadId, at, note: 'Zqxwala again' }, victim);
  const { noteId } = await bus.command(addNote, { leadId, note: 'Zqxwala noted' }, victim);
  const { appointmentId } = await bus.command(bookAppointment, { leadId, startsAt: at }, victim);
  const { ticketId } = await bus.command(
    openTicket,
    { description: 'Zqxwala broke it', contactId, conversationId },
    victim,
  );
  const { task } = await bus.command(giveTask, { title: 'Zqxwala task', leadId, dueAt: at }, victim);
  const { reminder } = await bus.command(setReminder, { text: 'Zqxwala reminder', at }, victim);
  const feedback = { conversationId, rating: 2, comment: 'Zqxwala complains' };
  const { feedbackId } = await bus.command(recordFeedback, feedback, asSystem);
  const spec = { measures: ['lead.created'], list: true };
  const saved = await bus.command(saveReport, { title: 'Zqxwala report', spec }, victim);
  const { runId } = await bus.command(freezeReport, { spec }, victim);
  await bus.command(
    tell,
    { userId: victim.id, rule: 'x', title: 'Zqxwala', text: 'Zqxwala', key: 'zqx' } as never,
    asSystem,
  );
  await bus.command(startLink, {}, victim);
  await MessageModel.create([
    {
      _id: 'zqx-message',
      conversationId,
      seq: 900,
      direction: 'in',
      author: { kind: 'customer' },
      text: 'Zqxwala writes',
      content: { kind: 'text', text: 'Zqxwala writes' },
      at: clock.now(),
      status: 'received',
    },
  ]);
  const entry = {
    _id: 'zqx-dead',
    lane: 'l',
    order: '1',
    event: {
      id: 'e',
      channel: 'whatsapp',
      account: 'main',
      audience: 'customer',
      thread: '+919845077777',
      from: identities,
      at: clock.now(),
      body: { kind: 'text', text: 'Zqxwala lost' },
    },
    receivedAt: clock.now(),
    status: 'dead',
    attempts: 9,
    nextAt: clock.now(),
  };
  await InboxModel.create([entry as never]);
  const intake = createImportIntake({ bus, clock, ids: ulids(clock) });
  const file = Readable.from(['Name,Phone\nZqxwala,9845077777\n']);
  const importId = await intake.receive(victim.actor, 'Zqxwala.csv', file);
  await crm.settle();
  return {
    importId,
    leadId,
    contactId,
    enquiryId,
    conversationId,
    callId,
    followUpId: followUp.id,
    noteId,
    appointmentId,
    ticketId,
    taskId: task.id,
    reminderId: reminder.id,
    feedbackId,
    reportId: saved.report.key,
    runId,
    deadId: entry._id,
    userId: victim.id,
    assigneeId: victim.id,
  };
}
