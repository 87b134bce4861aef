import { z } from 'zod';
import { AppError, type Problem } from './errors.ts';

/** Parses at the edge: the typed value, or `input.invalid` naming every field that is wrong and why. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const fields: Problem[] = result.error.issues.map((issue) => ({
    path: issue.path.join('.') || 'input',
    message: issue.message,
  }));
  const problems = fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new AppError('input.invalid', { problems, fields });
}

/** `input.invalid` about one field. */
export const invalid = (path: string, message: string): AppError =>
  new AppError('input.invalid', { problems: `${path}: ${message}`, fields: [{ path, message }] });

/** The typed value, or undefined with every fault added to `faults`; for files that are checked as a whole. */
export function checkAll<S extends z.ZodType>(
  where: string,
  schema: S,
  value: unknown,
  faults: string[],
): z.output<S> | undefined {
  if (value === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues)
    faults.push(`${where}: ${issue.path.join('.') || '(whole)'}: ${issue.message}`);
  return undefined;
}

// Control characters but tab and line feed: no name or note has them, and no screen shows them well.
const controls = /(?![\t\n])\p{Cc}/gu;

/** A trimmed, non-empty text without control characters, at most `max` characters. */
export const text = (max: number) =>
  z
    .string()
    .transform((value) => value.replace(/\r\n?/g, '\n').replace(controls, '').trim())
    .pipe(z.string().min(1).max(max));
