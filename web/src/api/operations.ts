/**
 * The contracts' commands and queries by name, as types only: nothing of the server is bundled.
 * To use another one in the console, add its line here.
 */
import type { z } from 'zod';
import type * as activities from '../../../src/domain/activities/contract.ts';
import type * as appointments from '../../../src/domain/appointments/contract.ts';
import type * as contacts from '../../../src/domain/contacts/contract.ts';
import type * as conversations from '../../../src/domain/conversations/contract.ts';
import type * as enquiries from '../../../src/domain/enquiries/contract.ts';
import type * as leads from '../../../src/domain/leads/contract.ts';
import type * as notifications from '../../../src/domain/notifications/contract.ts';
import type * as reports from '../../../src/domain/reports/contract.ts';
import type * as settings from '../../../src/domain/settings/contract.ts';
import type * as staff from '../../../src/domain/staff/contract.ts';

type Queries = {
  'user.me': typeof staff.me;
  'user.list': typeof staff.listUsers;
  'user.assignees': typeof staff.listAssignees;
  'team.list': typeof staff.listTeams;
  'link.pending': typeof staff.pendingLinks;
  'conversation.list': typeof conversations.listConversations;
  'conversation.get': typeof conversations.getConversation;
  'conversation.messages': typeof conversations.listMessages;
  'deadletter.list': typeof conversations.listDeadLetters;
  'ledger.day': typeof conversations.ledger;
  'contact.get': typeof contacts.getContact;
  'contact.timeline': typeof contacts.contactTimeline;
  'enquiry.list': typeof enquiries.listEnquiries;
  'enquiry.get': typeof enquiries.getEnquiry;
  'enquiry.compare': typeof enquiries.compareEnquiry;
  'lead.list': typeof leads.listLeads;
  'lead.views': typeof leads.leadViews;
  'lead.get': typeof leads.getLead;
  'lead.find': typeof leads.findLeads;
  'lead.today': typeof leads.myDay;
  'lead.next': typeof leads.nextLead;
  'call.list': typeof activities.listCalls;
  'followup.list': typeof activities.listFollowUps;
  'appointment.views': typeof appointments.appointmentViews;
  'appointment.list': typeof appointments.listAppointments;
  'notification.list': typeof notifications.listNotifications;
  'notification.rules': typeof notifications.listRules;
  'notification.preview': typeof notifications.previewRule;
  'report.list': typeof reports.listReports;
  'report.run': typeof reports.runReport;
  'report.file': typeof reports.reportFile;
  'setting.choices': typeof settings.choices;
  'channel.list': typeof settings.listChannels;
};

type Commands = {
  'user.create': typeof staff.createUser;
  'user.update': typeof staff.updateUser;
  'user.passwordLink': typeof staff.linkPassword;
  'user.setPassword': typeof staff.setPassword;
  'team.create': typeof staff.createTeam;
  'link.start': typeof staff.startLink;
  'link.confirm': typeof staff.confirmLink;
  'link.remove': typeof staff.unlink;
  undo: typeof staff.undoLast;
  'conversation.takeOver': typeof conversations.takeOver;
  'conversation.handBack': typeof conversations.handBack;
  'conversation.reply': typeof conversations.replyAsStaff;
  'conversation.markRead': typeof conversations.markRead;
  'deadletter.replay': typeof conversations.replayDeadLetter;
  'contact.update': typeof contacts.updateContact;
  'enquiry.overrule': typeof enquiries.overruleVerdict;
  'lead.create': typeof leads.createLead;
  'lead.update': typeof leads.updateLead;
  'lead.move': typeof leads.moveLead;
  'lead.assign': typeof leads.assignLead;
  'lead.handOff': typeof leads.handOffLead;
  'call.log': typeof activities.logCall;
  'followup.set': typeof activities.setFollowUp;
  'followup.done': typeof activities.followUpDone;
  'note.add': typeof activities.addNote;
  'appointment.book': typeof appointments.bookAppointment;
  'appointment.confirm': typeof appointments.confirmAppointment;
  'appointment.reschedule': typeof appointments.rescheduleAppointment;
  'appointment.cancel': typeof appointments.cancelAppointment;
  'appointment.complete': typeof appointments.completeAppointment;
  'report.freeze': typeof reports.freezeReport;
  'report.ask': typeof reports.askReport;
  'report.save': typeof reports.saveReport;
  'report.delete': typeof reports.deleteReport;
  'report.schedule': typeof reports.scheduleReport;
  'notification.markRead': typeof notifications.markNotificationRead;
  'notification.updateRule': typeof notifications.updateRule;
  'notification.revertRule': typeof notifications.revertRule;
};

type Operations = Queries & Commands;
export type QueryName = keyof Queries;
export type CommandName = keyof Commands;
export type Input<N extends keyof Operations> = z.input<Operations[N]['input']>;
export type Output<N extends keyof Operations> = z.output<Operations[N]['output']>;

export type Lead = Output<'lead.get'>;
export type Conversation = Output<'conversation.get'>;
export type Message = Output<'conversation.messages'>['items'][number];
export type Enquiry = Output<'enquiry.get'>;
export type Appointment = Output<'appointment.list'>['items'][number];
export type User = Output<'user.me'>['user'];
export type Notice = Output<'notification.list'>['items'][number];
export type Rule = Output<'notification.rules'>['items'][number];
export type TimelineItem = Output<'contact.timeline'>['items'][number];
export type Verdict = Enquiry['verdict'];
