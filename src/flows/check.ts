/** What can be wrong with a flow as a whole: names that lead nowhere, missing texts, places nobody reaches or leaves. */
import { type Flow, following, type Slot, type Step } from './definition.ts';
import { expressionOf, fault } from './expressions.ts';
import { placeholders } from './texts.ts';

export type CheckOptions = {
  commands?: ReadonlySet<string>;
  locales: string[];
  /** Names of the flows that may be called; absent: not checked. */
  flows?: ReadonlySet<string>;
};

export function checkFlow(flow: Flow, options: CheckOptions, faults: string[]): void {
  const complain = (where: string, what: string) => faults.push(`${flow.name}: ${where}: ${what}`);
  checkNames(flow, options, complain);
  checkExpressions(flow, complain);
  checkTexts(flow, options.locales, complain);
  checkGraph(flow, complain);
}

type Complain = (where: string, what: string) => void;

function checkNames(flow: Flow, { commands, flows }: CheckOptions, complain: Complain): void {
  const called = (where: string, name: string | undefined) => {
    if (name !== undefined && flows && !flows.has(name)) complain(where, `there is no flow "${name}"`);
  };
  const ids = flow.steps.map((step) => step.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i)))
    complain(`step ${id}`, 'there are two steps of this name');
  const step = (where: string, target: string | undefined) => {
    if (target !== undefined && !ids.includes(target)) complain(where, `there is no step "${target}"`);
  };
  const slot = (where: string, name: string) => {
    if (!flow.slots[name]) complain(where, `there is no slot "${name}"`);
  };
  const command = (where: string, name: string | undefined) => {
    if (name !== undefined && commands && !commands.has(name))
      complain(where, `there is no command or query "${name}"`);
  };
  step('start', flow.start);
  for (const [name, { changed, check }] of Object.entries(flow.slots)) {
    step(`slot ${name}`, changed);
    command(`slot ${name}`, check);
  }
  for (const one of flow.steps) {
    for (const target of targets(flow, one)) step(`step ${one.id}`, target);
    if (one.kind === 'ask') slot(`step ${one.id}`, one.ask);
    if (one.kind === 'choose')
      for (const name of one.options.flatMap((option) => option.clear)) slot(`step ${one.id}`, name);
    if (one.kind === 'run') command(`step ${one.id}`, one.run);
    if (one.kind === 'call') called(`step ${one.id}`, one.call);
  }
  for (const one of flow.on) {
    step(`on ${one.intents}`, one.goto);
    called(`on ${one.intents}`, one.call);
    for (const name of one.clear) slot(`on ${one.intents}`, name);
  }
  for (const one of flow.watch) {
    command(`watch ${one.id}`, one.run);
    for (const other of one.covers)
      if (!flow.watch.some(({ id }) => id === other))
        complain(`watch ${one.id}`, `there is no watch "${other}"`);
  }
}

function checkExpressions(flow: Flow, complain: Complain): void {
  const condition = (where: string, expression: string | undefined) => {
    const problem = expression === undefined ? undefined : fault(expression);
    if (problem) complain(where, `"${expression}": ${problem}`);
  };
  const mapping = (where: string, values: Record<string, unknown>) => {
    for (const [key, value] of Object.entries(values))
      if (typeof value === 'string' && value.startsWith('='))
        condition(`${where}.${key}`, expressionOf(value));
  };
  for (const step of flow.steps) {
    condition(`step ${step.id}`, step.when);
    if (step.kind === 'branch') for (const arm of step.branch) condition(`step ${step.id}`, arm.when);
    if (step.kind === 'run' || step.kind === 'call') mapping(`step ${step.id}.with`, step.with);
    if (step.kind === 'set') mapping(`step ${step.id}.set`, step.set);
    if (step.kind === 'wait') mapping(`step ${step.id}`, { wait: step.wait });
  }
  for (const one of flow.on) {
    condition(`on ${one.intents}`, one.when);
    mapping(`on ${one.intents}.set`, one.set);
  }
  for (const one of flow.watch) {
    condition(`watch ${one.id}`, one.when);
    mapping(`watch ${one.id}.with`, one.with);
  }
}

/** Texts that the engine itself says, in every flow. */
export const engineTexts = [
  'corrected',
  'stop.done',
  'start.done',
  'person.handoff',
  'person.called',
  'person.offer',
  'person.back',
  'person.closed',
  'person.yes',
  'person.no',
  'heard.nothing',
  'heard.noted',
  'heard.day',
  'heard.emoji',
  'heard.media',
  'heard.location',
  'heard.unknown',
  'knowledge.source',
  'knowledge.unknown',
  'knowledge.unknown-too',
  'knowledge.still',
  'smalltalk.thanks',
  'smalltalk.greet',
  'smalltalk.back',
  'smalltalk.ok',
  'smalltalk.abuse',
  'smalltalk.bot',
  'smalltalk.bye',
  'smalltalk.vendor',
  'smalltalk.job',
  'repeat',
];
/** Said again and again, so that one wording would be heard twice running. */
const several = (key: string) =>
  (/\.(again|invalid|past|closed|time)$/.test(key) && key !== 'person.closed') ||
  [
    'heard.nothing',
    'heard.noted',
    'heard.emoji',
    'smalltalk.thanks',
    'smalltalk.greet',
    'repeat',
    'silence.remind',
  ].includes(key);

/** Every text key that the flow can say, with where; `always`: what the engine itself may say. */
export function textKeys(flow: Flow, always: string[] = engineTexts): Map<string, string> {
  const keys = new Map<string, string>(always.map((key) => [key, 'the engine']));
  const add = (key: string, where: string) => keys.has(key) || keys.set(key, where);
  for (const [name, slot] of Object.entries(flow.slots)) add(slot.label, `slot ${name}`);
  for (const step of flow.steps) {
    const where = `step ${step.id}`;
    if (step.kind === 'say') add(step.say, where);
    if (step.kind === 'ask') {
      const type = flow.slots[step.ask]?.type;
      for (const part of ['ask', 'again']) add(`${step.text}.${part}`, where);
      if (isChecked(flow.slots[step.ask])) add(`${step.text}.invalid`, where);
      if (type === 'date-time')
        for (const part of ['time', 'day', 'past', 'closed', 'taken', 'soon', 'which', 'free'])
          add(`${step.text}.${part}`, where);
      if (Array.isArray(step.choices)) for (const choice of step.choices) add(choice.label, where);
    }
    if (step.kind === 'choose') {
      for (const part of ['ask', 'again']) add(`${step.choose}.${part}`, where);
      for (const option of step.options) add(option.label, where);
    }
    if (step.kind === 'send' && step.caption) add(step.caption, where);
    if (step.kind === 'send' && step.template) add(step.template.text, where);
    if (step.kind === 'wait' && step.text) add(`${step.text}.again`, where);
    if (step.kind === 'handoff') add(step.handoff, where);
    if (step.kind === 'rest') for (const part of ['ask', 'again']) add(`${step.rest}.${part}`, where);
  }
  if (flow.silence) for (const part of ['remind', 'release']) add(`silence.${part}`, 'silence');
  for (const one of flow.on) for (const key of [one.say, one.handoff]) if (key) add(key, `on ${one.intents}`);
  return keys;
}

/** What may be answered in a way that cannot be taken. */
const isChecked = (slot: Slot | undefined): boolean =>
  slot !== undefined &&
  (['phone', 'email', 'number', 'file'].includes(slot.type) ||
    slot.pattern !== undefined ||
    slot.min !== undefined ||
    slot.max !== undefined);

function checkTexts(flow: Flow, locales: string[], complain: Complain): void {
  for (const [key, where] of textKeys(flow)) {
    for (const locale of locales) {
      const wordings = flow.texts[locale]?.[key];
      if (!wordings) complain(where, `the text "${key}" is missing in ${locale}`);
      else if (several(key) && wordings.length < 2)
        complain(where, `the text "${key}" needs at least two wordings in ${locale}`);
    }
  }
  // A locale may not need a field that English does without: it might never be said.
  for (const [locale, texts] of Object.entries(flow.texts)) {
    for (const [key, wordings] of Object.entries(texts)) {
      if (locale === 'en' || !flow.texts.en?.[key]) continue;
      const bare = (all: string[]) => all.some((wording) => placeholders(wording).length === 0);
      if (bare(flow.texts.en[key]) && !bare(wordings))
        complain(`text ${key}`, `needs a wording without fields in ${locale}, as in en`);
    }
  }
}

/** Steps that this one can go on to. */
export function targets(flow: Flow, step: Step): string[] {
  const next = following(flow, step);
  const onward = next === undefined ? [] : [next];
  const skip = step.when === undefined ? [] : onward;
  if (step.kind === 'goto') return [step.goto];
  if (step.kind === 'rest' || step.kind === 'return') return skip;
  if (step.kind === 'handoff') return step.next ? [step.next] : skip;
  if (step.kind === 'wait') return [...onward, ...(step.timeout ? [step.timeout] : [])];
  if (step.kind === 'split') return [...skip, ...step.split.map((way) => way.goto)];
  if (step.kind === 'choose')
    return [
      ...skip,
      ...step.options.map((option) => option.goto),
      ...(step.otherwise ? [step.otherwise] : []),
    ];
  if (step.kind === 'branch')
    return [...skip, ...step.branch.map((arm) => arm.goto), ...(step.else ? [step.else] : onward)];
  if (step.kind === 'run') return [...onward, ...Object.values(step.onError)];
  if (step.kind === 'ask') return [...onward, ...(step.refuse ? [step.refuse] : [])];
  return onward;
}

function checkGraph(flow: Flow, complain: Complain): void {
  const ends = flow.steps
    .filter((step) => isEnd(step) || (step.kind === 'call' && following(flow, step) === undefined))
    .map((step) => step.id);
  const entries = [
    flow.start,
    ...flow.on.flatMap((one) => one.goto ?? []),
    ...Object.values(flow.slots).flatMap((slot) => slot.changed ?? []),
  ];
  const forward = new Map(flow.steps.map((step) => [step.id, targets(flow, step)]));
  const backward = new Map(
    flow.steps.map((step) => [
      step.id,
      flow.steps.filter((other) => forward.get(other.id)!.includes(step.id)).map((other) => other.id),
    ]),
  );
  const reached = closure(entries, forward);
  const ending = closure(ends, backward);
  const waiting = new Set(
    flow.steps
      .filter((step) => ['ask', 'choose', 'wait', 'handoff'].includes(step.kind))
      .map((step) => step.id),
  );
  for (const step of flow.steps) {
    if (!reached.has(step.id)) complain(`step ${step.id}`, 'is never reached');
    else if (!ends.includes(step.id) && !forward.get(step.id)!.length)
      complain(`step ${step.id}`, 'is a dead end: nothing comes after it');
    else if (!ending.has(step.id))
      complain(`step ${step.id}`, 'never comes to an end (a rest, return or handoff step)');
  }
  // A circle in which nothing is asked would run without end.
  const unasked = new Map(
    [...forward].map(([id, next]) => [
      id,
      waiting.has(id) ? [] : next.filter((target) => !waiting.has(target)),
    ]),
  );
  for (const step of flow.steps) {
    if (!waiting.has(step.id) && closure(unasked.get(step.id) ?? [], unasked).has(step.id))
      complain(`step ${step.id}`, 'is in a loop in which nothing is asked');
  }
}

const isEnd = (step: Step): boolean =>
  step.kind === 'rest' || step.kind === 'return' || step.kind === 'handoff';

function closure(from: string[], edges: Map<string, string[]>): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  while (open.length) {
    const id = open.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(edges.get(id) ?? []));
  }
  return seen;
}
