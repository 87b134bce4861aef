/** The list of modules. To add one: a folder here with an `index.ts` that exports `defineModule(…)`, and a line below. */
import type { Catalogue } from '../core/catalogue.ts';
import type { Module } from '../core/define.ts';
import { activities } from './activities/index.ts';
import { appointments } from './appointments/index.ts';
import { assignment } from './assignment/index.ts';
import { calendar } from './calendar/index.ts';
import { calling } from './calling/index.ts';
import { competition } from './competition/index.ts';
import { contacts } from './contacts/index.ts';
import { conversations } from './conversations/index.ts';
import { dashboards } from './dashboards/index.ts';
import { enquiries } from './enquiries/index.ts';
import { feedback } from './feedback/index.ts';
import { files } from './files/index.ts';
import { flows } from './flows/index.ts';
import type { FlowWorkshop } from './flows/port.ts';
import { forms } from './forms/index.ts';
import { imports } from './imports/index.ts';
import type { Judge } from './imports/reading.ts';
import { knowledge } from './knowledge/index.ts';
import type { KnowledgeReader } from './knowledge/port.ts';
import { leads } from './leads/index.ts';
import { notifications } from './notifications/index.ts';
import { outreach } from './outreach/index.ts';
import { pipelines } from './pipelines/index.ts';
import { plans } from './plans/index.ts';
import { rehearsals } from './rehearsals/index.ts';
import { reminders } from './reminders/index.ts';
import { reports } from './reports/index.ts';
import type { ChannelProbes, Reload } from './settings/channels.ts';
import type { GuideOf } from './settings/connect.ts';
import { settings } from './settings/index.ts';
import type { Accept } from './sources/deliver.ts';
import { sources } from './sources/index.ts';
import { staff } from './staff/index.ts';
import { tasks } from './tasks/index.ts';
import { telephony } from './telephony/index.ts';
import { tickets } from './tickets/index.ts';

const noWorkshop = (): FlowWorkshop => {
  throw new Error('There is no conversation engine here.');
};

/** Finds nothing. */
const noReader = (): KnowledgeReader => ({
  createIndex: () => ({ find: () => [] }),
  keysOf: () => [],
  likeness: () => 0,
  answersAt: 1,
  surelyAt: 1,
  preview: async () => [],
});

const noReload = (): Reload => async () => [];
const noAccept = (): Accept => {
  throw new Error('Nothing comes in here.');
};

/**
 * @param catalogue for modules that answer questions about it; asked only when a request is served.
 * @param workshop the conversation engine's, where there is one.
 * @param judge what the language engine holds of words, where there is one.
 * @param reader what finds the answer to a question, where there is one.
 * @param accept the way in of every event, where this process has one.
 * @param reload takes over settings as they are now, where channels are open here.
 * @param guideOf how an account of a channel is connected.
 */
export const modules = (
  catalogue: () => Catalogue,
  workshop: () => FlowWorkshop = noWorkshop,
  judge: () => Judge | undefined = () => undefined,
  probes: ChannelProbes = () => [],
  reader: () => KnowledgeReader = noReader,
  accept: () => Accept = noAccept,
  reload: () => Reload = noReload,
  guideOf: GuideOf = async () => undefined,
): Module[] => [
  staff(catalogue),
  conversations,
  files,
  flows(workshop),
  knowledge(reader),
  contacts(catalogue),
  enquiries,
  leads(catalogue),
  competition,
  imports(judge),
  forms,
  sources(accept),
  pipelines,
  assignment,
  activities,
  telephony,
  calling,
  appointments,
  tickets,
  tasks,
  reminders,
  plans,
  calendar,
  feedback,
  outreach,
  notifications,
  reports(catalogue),
  dashboards,
  settings(probes, reload, guideOf),
  rehearsals,
];
