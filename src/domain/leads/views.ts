/** The named filters of the lead list, as data: label, condition, order. */
import type { Pipeline } from '../../core/config-schema.ts';
import { dayOf, monthOf } from '../../core/zone.ts';
import type { LeadViewName } from './contract.ts';
import { notAttemptedStages, stagesOfKind } from './rules.ts';

type At = { now: Date; zone: string; pipeline: Pipeline };

export const leadViewTable: Record<
  LeadViewName,
  { label: string; where: (at: At) => Record<string, unknown>; sort: 'newest' | 'followUp' }
> = {
  all: { label: 'All Leads', where: () => ({}), sort: 'newest' },
  hot: { label: 'Hot Leads', where: () => ({ hot: true }), sort: 'newest' },
  previousMonth: {
    label: 'Previous Month Leads',
    where: ({ now, zone }) => ({ createdAt: within(monthOf(now, zone, -1)) }),
    sort: 'newest',
  },
  notAttempted: {
    label: 'Not Attempted Leads',
    where: ({ pipeline }) => ({ stage: { $in: notAttemptedStages(pipeline) } }),
    sort: 'newest',
  },
  lost: {
    label: 'Lost Leads',
    where: ({ pipeline }) => ({ stage: { $in: stagesOfKind(pipeline, 'lost') } }),
    sort: 'newest',
  },
  todayFollowUp: {
    label: "Today's Follow Up",
    where: ({ now, zone }) => ({ followUpAt: within(dayOf(now, zone)) }),
    sort: 'followUp',
  },
  // A closed lead has no follow-up any more, so that this can be brought to 0.
  missedFollowUp: {
    label: 'Missed Follow Up',
    where: ({ now }) => ({ followUpAt: { $lt: now } }),
    sort: 'followUp',
  },
};

const within = ({ start, end }: { start: Date; end: Date }) => ({ $gte: start, $lt: end });
