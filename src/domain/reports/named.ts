/** The reports that come with the product. To add one: a line here; API, chat, console, paper and schedule follow. */
import type { NamedReport } from './spec.ts';
import { namedReportSchema } from './spec.ts';

const daily = (at: string) => ({ every: 'day' as const, at, to: ['manager'] });

export const namedReports: NamedReport[] = [
  {
    key: 'daily-data',
    title: 'Daily Data Report',
    about: "Today's leads by tele-caller",
    spec: { measures: ['lead.created'], by: ['caller'], period: 'today' },
    send: daily('20:00'),
  },
  {
    key: 'daily-source-wise',
    title: 'Daily Source Wise Report',
    about: "Today's leads by where they came from",
    spec: { measures: ['lead.created'], by: ['source'], period: 'today', chart: 'pie' },
    send: daily('20:00'),
  },
  {
    key: 'daily-status-wise',
    title: 'Daily Status Wise Report',
    about: "Today's leads by status",
    spec: { measures: ['lead.created'], by: ['stage'], period: 'today', chart: 'pie' },
    send: daily('20:00'),
  },
  {
    key: 'hourly-performance',
    title: 'Hourly Performance',
    about:
      'Calls made, emails sent, meetings scheduled, deals closed and total revenue of each user, hour by hour',
    spec: {
      measures: ['call.made', 'email.sent', 'appointment.scheduled', 'lead.won', 'lead.revenue'],
      by: ['caller', 'hour'],
      period: 'today',
    },
  },
  ...(
    [
      ['daily', 'Daily', 'today'],
      ['weekly', 'Weekly', 'this-week'],
      ['monthly', 'Monthly', 'this-month'],
      ['yearly', 'Yearly', 'this-year'],
      ['financial-year', 'Financial Year', 'this-financial-year'],
    ] as const
  ).flatMap(([key, label, period]) => [
    {
      key: `productivity-${key}`,
      title: `${label} Productivity`,
      about: 'What each tele-caller has done',
      spec: {
        measures: ['lead.created', 'call.made', 'demo.completed', 'lead.won'],
        by: ['caller' as const],
        period,
      },
    },
    {
      key: `productivity-${key}-source`,
      title: `${label} Productivity, Source Wise`,
      about: 'What has come of each source',
      spec: {
        measures: ['lead.created', 'call.made', 'demo.completed', 'lead.won'],
        by: ['source' as const],
        period,
      },
    },
  ]),
  {
    key: 'today-demo-completed',
    title: 'Today Demo Completed',
    about: 'The demos that took place today',
    spec: { measures: ['demo.completed'], period: 'today', list: true, chart: 'none' },
    send: daily('19:00'),
  },
  {
    key: 'tomorrow-demo-confirmed',
    title: 'Tomorrow Demo Confirmed',
    about: "Tomorrow's demos that the client has confirmed",
    spec: { measures: ['demo.confirmed'], period: 'tomorrow', list: true, chart: 'none' },
    send: daily('19:00'),
  },
].map((report) => namedReportSchema.parse(report));
