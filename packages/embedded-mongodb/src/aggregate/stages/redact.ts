import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, type Env, rootScope } from '../expression.ts';
import { each, type MakeStage } from '../stage.ts';

const VERBS = ['DESCEND', 'PRUNE', 'KEEP'] as const;

/** Keeps, prunes or goes into each level of a document, as an expression on that level decides. */
export const redact: MakeStage = (spec, context) => {
  const scope = rootScope(context, VERBS);
  const decide = compile(spec, scope);
  const env: Env = { root: undefined, vars: VERBS.map((v) => v.toLowerCase()) };
  const visit = (doc: Doc): Doc | undefined => {
    env.root = doc;
    const verdict = decide(env);
    if (verdict === 'prune') return undefined;
    if (verdict === 'keep') return doc;
    if (verdict !== 'descend')
      throw fault(
        17053,
        "$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE",
      );
    const out: Doc = new Map();
    for (const [name, value] of doc) {
      const kept = inside(value);
      if (kept !== undefined) out.set(name, kept);
    }
    return out;
  };
  const inside = (value: Value): Value | undefined => {
    if (isDoc(value)) return visit(value);
    if (Array.isArray(value)) return value.map(inside).filter((v) => v !== undefined);
    return value;
  };
  return each(visit);
};
