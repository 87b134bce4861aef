import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import type { ChartOption } from '../../render/chart.ts';
import type { Sheet } from '../../render/sheet.ts';
import { chartSchema, groupNames, namedReportSchema, periodSchema, sendSchema, specSchema } from './spec.ts';

export { specSchema } from './spec.ts';

const read = { action: 'read', subject: 'Report' } as const;
const sheet = z.custom<Sheet>((value) => typeof value === 'object' && value !== null);
const drawn = z.object({
  sheet,
  spec: specSchema,
  /** An ECharts option; absent where there is nothing to draw. */
  chart: z.custom<ChartOption>().optional(),
});

export const reportView = z.object({
  /** A key of the product's own, or an id. */
  key: z.string(),
  title: z.string(),
  about: z.string(),
  spec: specSchema,
  send: sendSchema.optional(),
  /** Sent next, if it is sent by itself. */
  nextAt: z.string().optional(),
  builtIn: z.boolean(),
  mine: z.boolean(),
  sharedWith: z.array(z.string()),
});
export type ReportView = z.output<typeof reportView>;

export const listReports = defineQuery({
  name: 'report.list',
  summary: 'Reports: the product’s own, yours, and those shared with you',
  permission: read,
  path: '/reports',
  input: z.object({}),
  output: z.object({
    items: z.array(reportView),
    /** What can be counted, and by what. */
    measures: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        /** Counted in minor units of the organisation's currency. */
        money: z.boolean(),
        by: z.array(z.object({ name: z.enum(groupNames), label: z.string() })),
      }),
    ),
  }),
});

const which = z.object({
  /** A report by key … */
  key: z.string().max(80).optional(),
  /** … or any other. */
  spec: specSchema.optional(),
  /** In place of what the report itself says. */
  period: periodSchema.optional(),
  chart: chartSchema.optional(),
});

export const runReport = defineQuery({
  name: 'report.run',
  summary: 'A report’s numbers, of what you may see',
  permission: read,
  input: which,
  output: drawn,
});

/** Kept as it is now, so that picture, PDF and workbook hold the same numbers. */
export const freezeReport = defineCommand({
  name: 'report.freeze',
  summary: 'Keep a report as it is now, to download or send',
  permission: { action: 'export', subject: 'Report' },
  input: which,
  output: drawn.extend({ runId: z.string() }),
});
export const fileFormats = ['pdf', 'xlsx', 'csv', 'png'] as const;
export const reportFile = defineQuery({
  name: 'report.file',
  summary: 'A kept report as PDF, workbook, CSV or picture',
  permission: read,
  input: z.object({ runId: z.string(), format: z.enum(fileFormats) }),
  output: z.object({ filename: z.string(), mime: z.string(), base64: z.string() }),
});
/** For channels, which have no reader of their own: the address that they carry is signed. */
export const readReportFile = defineQuery({
  name: 'report.readFile',
  summary: 'A kept report as a file (internal)',
  permission: 'system',
  input: z.object({ runId: z.string(), format: z.enum(fileFormats) }),
  output: z.object({ filename: z.string(), mime: z.string(), base64: z.string() }),
});

const answer = z.object({
  runId: z.string(),
  /** What was counted, in words: shown with the answer. */
  understood: z.string(),
  sheet,
  hasChart: z.boolean(),
});
export const showReport = defineCommand({
  name: 'report.show',
  summary: 'A report by its name, with its chart',
  permission: read,
  input: z.object({ about: text(300) }),
  output: answer,
  chat: { verb: 'report', slots: [{ name: 'about', type: 'text' }], example: 'report daily source wise' },
});
export const askReport = defineCommand({
  name: 'report.ask',
  summary: 'Ask about the numbers in your own words',
  permission: read,
  input: z.object({ question: text(300) }),
  output: answer,
  chat: {
    verb: 'ask',
    slots: [{ name: 'question', type: 'text' }],
    example: 'ask how many demos did Asha do last week by source',
  },
});

const custom = namedReportSchema.pick({ title: true, about: true, spec: true }).extend({
  sharedWith: z.array(z.string()).max(20).default([]),
  send: sendSchema.optional(),
});
export const saveReport = defineCommand({
  name: 'report.save',
  summary: 'Save a report of your own, share it, send it on a schedule',
  permission: read,
  input: custom.extend({ key: z.string().optional() }),
  output: z.object({ report: reportView }),
});
export const deleteReport = defineCommand({
  name: 'report.delete',
  summary: 'Delete a report of your own',
  permission: read,
  input: z.object({ key: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
/** Of the product's own reports; `null` switches it off. */
export const scheduleReport = defineCommand({
  name: 'report.schedule',
  summary: 'When a report goes out by itself, and to whom',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ key: z.string(), send: sendSchema.nullable() }),
  output: z.object({ report: reportView }),
});
export const sendReport = defineCommand({
  name: 'report.send',
  summary: 'Send a report that is due (internal)',
  permission: 'system',
  input: z.object({ key: z.string(), at: z.string() }),
  output: z.object({ sent: z.number() }),
});
export const reportSent = defineEvent(
  'report.sent',
  'A report went out by its schedule',
  z.object({ key: z.string(), runId: z.string(), userId: z.string() }),
);
