/** What differs between two versions of a flow. */
import type { FlowComparison } from '../../domain/flows/contract.ts';
import type { Flow, Step } from '../definition.ts';

export function compare(from: Flow, to: Flow): FlowComparison {
  return {
    from: from.version,
    to: to.version,
    steps: stepChanges(from, to),
    texts: textChanges(from, to),
    other: otherChanges(from, to),
  };
}

function stepChanges(from: Flow, to: Flow): FlowComparison['steps'] {
  const [before, after] = [from, to].map(
    (flow) => new Map(flow.steps.map((step) => [step.id, inWords(step)])),
  );
  const ids = new Set([...before!.keys(), ...after!.keys()]);
  return [...ids].flatMap((id) => {
    const [was, is] = [before!.get(id), after!.get(id)];
    if (was === is) return [];
    const change =
      was === undefined ? ('added' as const) : is === undefined ? ('removed' as const) : ('changed' as const);
    return [
      { id, change, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) },
    ];
  });
}
const inWords = ({ id: _, kind: __, ...rest }: Step): string => JSON.stringify(rest);

function textChanges(from: Flow, to: Flow): FlowComparison['texts'] {
  const locales = new Set([...Object.keys(from.texts), ...Object.keys(to.texts)]);
  return [...locales].flatMap((locale) => {
    const [was, is] = [from.texts[locale] ?? {}, to.texts[locale] ?? {}];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
      JSON.stringify(was[key]) === JSON.stringify(is[key])
        ? []
        : [{ locale, key, before: was[key] ?? [], after: is[key] ?? [] }],
    );
  });
}

function otherChanges(from: Flow, to: Flow): FlowComparison['other'] {
  const parts = ['title', 'start', 'slots', 'on', 'watch', 'silence'] as const;
  return parts.flatMap((what) => {
    const [before, after] = [from[what], to[what]].map((value) => JSON.stringify(value ?? null));
    return before === after ? [] : [{ what, before: before!, after: after! }];
  });
}
