import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { leadFilter } from './queries.ts';

export const exportFormats = ['csv', 'xlsx'] as const;
const permission = { action: 'export', subject: 'Lead' } as const;

/** Notes who takes what along; the file itself is then made as it is fetched. */
export const exportLeads = defineCommand({
  name: 'lead.export',
  summary: 'Take leads along as CSV or as a workbook',
  permission,
  input: leadFilter.extend({ format: z.enum(exportFormats).default('csv') }),
  output: z.object({
    exportId: z.string(),
    /** How many there are at this moment. */
    total: z.number(),
    /** Where it is fetched, by the same person, within the hour. */
    path: z.string(),
  }),
});

/** For the route that serves the file: page after page, with the rights of that moment. */
export const exportPage = defineQuery({
  name: 'lead.exportPage',
  summary: 'A part of an export of leads',
  permission,
  input: z.object({ exportId: z.string(), cursor: z.string().max(200).optional() }),
  output: z.object({
    filename: z.string(),
    format: z.enum(exportFormats),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
    nextCursor: z.string().optional(),
  }),
});
