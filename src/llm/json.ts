import { z } from 'zod';
import { LlmError } from './types.ts';

/** Reads a model's answer against its schema. @throws LlmError not-json, schema */
export function readAnswer<S extends z.ZodType>(text: string, schema: S): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, ''));
  } catch {
    throw new LlmError('not-json');
  }
  const { success, data } = schema.safeParse(value);
  if (!success) throw new LlmError('schema');
  return data;
}

/** Limits that servers of strict schemas refuse; our own reading keeps them. */
const OURS = new Set(['$schema', 'minLength', 'maxLength', 'minItems', 'maxItems']);

/** The schema as the server takes it: every field required, no other allowed. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  return bare(z.toJSONSchema(schema)) as Record<string, unknown>;
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !OURS.has(key))
      .map(([key, inner]) => [key, bare(inner)]),
  );
}
