/** Conditions and input values of flows, in CEL: no loops, no side effects, bounded. */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { inWords } from './turn/words.ts';
import { instantOf, localOf } from './turn/zone.ts';

/** What an expression sees. */
export type Scope = {
  vars: Record<string, unknown>;
  conversation: Record<string, unknown>;
  talk: Record<string, unknown>;
};

const environment = new Environment({ enableOptionalTypes: true, limits: { maxAstNodes: 400, maxDepth: 40 } })
  .registerVariable('vars', 'map')
  .registerVariable('conversation', 'map')
  .registerVariable('talk', 'map')
  /** `instant(vars.demoAt, talk.zone)`: a local time as the ISO instant that commands take. */
  .registerFunction('instant(dyn, dyn): string', (local: unknown, zone: unknown) =>
    instantOf(String(local), String(zone)).toISOString(),
  )
  /** `local(vars.appointment.startsAt, talk.zone)`: an instant as the local time of a date-time slot. */
  .registerFunction('local(dyn, dyn): string', (instant: unknown, zone: unknown) =>
    localOf(new Date(String(instant)), String(zone)),
  )
  /** `text(vars.quantity)`: a quantity or an amount in words. */
  .registerFunction('text(dyn): string', (value: unknown) => inWords(value));

const compiled = new Map<string, ParseResult>();
function compile(expression: string): ParseResult {
  const known = compiled.get(expression);
  if (known) return known;
  const made = environment.parse(expression);
  compiled.set(expression, made);
  return made;
}

/** What is wrong with an expression, or undefined. */
export function fault(expression: string): string | undefined {
  try {
    const result = environment.check(expression);
    return result.valid ? undefined : firstLine(result.error);
  } catch (error) {
    return firstLine(error);
  }
}

const firstLine = (error: unknown) => (error as Error).message.split('\n')[0]!;

/** A condition over something that is not there is not met. */
export function holds(condition: string | undefined, scope: Scope): boolean {
  return condition === undefined || evaluate(condition, scope) === true;
}

/** Undefined where the expression reaches for something that is not there. */
export function evaluate(expression: string, scope: Scope): unknown {
  const path = plainPath.exec(expression)?.groups;
  if (path) {
    const value = walk(scope, path.path ?? path.inner!);
    return path.inner === undefined || value === undefined || value === null ? value : inWords(value);
  }
  try {
    return plain(compile(expression)(scope));
  } catch {
    return undefined;
  }
}

/** The input of a command: `=…` evaluated and left out where absent, `=?…` evaluated and null where absent. */
export function mapped(
  mapping: Record<string, string | number | boolean>,
  scope: Scope,
): Record<string, unknown> {
  const entries = Object.entries(mapping).map(([key, value]) => {
    if (typeof value !== 'string' || !value.startsWith('=')) return [key, value] as const;
    const found = evaluate(expressionOf(value), scope);
    return [key, isNothing(found) ? (value.startsWith('=?') ? null : undefined) : found] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The expression in `=…` or `=?…`. */
export const expressionOf = (value: string): string => value.replace(/^=\??/, '');
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** `vars.phone` and `text(vars.budget)` need no interpreter, and where they are absent no thrown error. */
const plainPath =
  /^(?:(?<path>(?:vars|conversation|talk)(?:\.\w+)+)|text\((?<inner>(?:vars|conversation|talk)(?:\.\w+)+)\))$/;
const walk = (scope: Scope, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        value && typeof value === 'object' && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      scope,
    );

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
