/** Every change with its author, its time and where it was made; and one's undoing. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import { recordKinds } from '../../core/rights.ts';

export const auditEntry = z.object({
  id: z.string(),
  at: z.string(),
  actorId: z.string(),
  /** With the name of the support that acted for them, if so. */
  actorName: z.string(),
  surface: z.string(),
  command: z.string(),
  changes: z.array(
    z.object({
      kind: z.string(),
      id: z.string(),
      text: z.string().optional(),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
    }),
  ),
  undone: z.boolean(),
  /** Whether it left a way back. */
  undoable: z.boolean(),
});
export type AuditEntry = z.output<typeof auditEntry>;

export const listAudit = defineQuery({
  name: 'audit.list',
  summary: 'Changes, the newest first: who, when, where, before and after',
  permission: { action: 'read', subject: 'Audit' },
  path: '/audit',
  input: z.object({
    actorId: z.string().max(60).optional(),
    kind: z.enum(recordKinds).optional(),
    /** Of one record. */
    recordId: z.string().max(200).optional(),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    /** Also what the product did by itself. */
    byItself: z.stringbool().or(z.boolean()).default(false),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: z.object({ items: z.array(auditEntry), nextCursor: z.string().optional() }),
});
/** One's own, or anybody's with the right to update the audit; refused when the record was changed since. */
export const undoChange = defineCommand({
  name: 'undo.change',
  summary: 'Undo one change',
  permission: 'signed-in',
  input: z.object({ id: z.string() }),
  output: z.object({ command: z.string(), text: z.string() }),
});
