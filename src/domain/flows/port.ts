/** What this module asks of the conversation engine; the composition root hands it in. */

export type FlowNode = {
  id: string;
  kind: string;
  /** What it says or does, for people: the wording, the command, the condition. */
  label: string;
  /** Text keys that it says. */
  texts: string[];
  slot?: string;
  /** What can be pressed; `key`: the text that says it. */
  choices: { label: string; key?: string }[];
  /** Wait for the customer, for a time or for a colleague: where people stay, and drop off. */
  waits: boolean;
};
export type FlowEdge = { from: string; to: string; label: string };
export type FlowView = {
  name: string;
  title: string;
  version: string;
  start: string;
  nodes: FlowNode[];
  edges: FlowEdge[];
  slots: { name: string; type: string; label: string }[];
  interrupts: { intents: string[]; when?: string; does: string; to?: string }[];
  /** Wordings by locale and key: those that this flow can say. */
  texts: Record<string, Record<string, string[]>>;
  /** The steps as YAML, as they are written in flow.yaml. */
  structure: string;
};
export type FlowSummary = {
  name: string;
  title: string;
  version: string;
  steps: number;
  locales: string[];
  /** Whether the version that is offered came from config/flows or was published here. */
  source: 'files' | 'published';
  /** The version in config/flows, where another is offered. */
  filesVersion?: string;
  draft?: { at: string; by: string; faults: number };
  /** New conversations begin with it. */
  begins: boolean;
};
export type FlowVersionView = {
  version: string;
  publishedAt: string;
  by?: string;
  note?: string;
  source: 'files' | 'published';
  offered: boolean;
};
export type FlowComparison = {
  from: string;
  to: string;
  steps: { id: string; change: 'added' | 'removed' | 'changed'; before?: string; after?: string }[];
  texts: { locale: string; key: string; before: string[]; after: string[] }[];
  other: { what: string; before: string; after: string }[];
};
export type TryLine = {
  direction: 'in' | 'out' | 'time';
  text: string;
  choices?: { label: string; value: string }[];
};
export type Tried = {
  lines: TryLine[];
  flow: string;
  step: string;
  mode: 'bot' | 'human';
  vars: Record<string, unknown>;
  calls: { command: string; input: Record<string, unknown> }[];
  version: string;
};
export type TryTurn = { text: string } | { press: string; label?: string | undefined } | { wait: string };

export type Preview = {
  channel: string;
  kind: 'buttons' | 'list' | 'text';
  text: string;
  choices: { label: string; description?: string | undefined }[];
  limits: {
    text: number;
    buttons?: { max: number; label: number };
    list?: { rows: number; label: number };
  };
};

export type Written = { title: string; text: string; wordings: string[] };
export type Which = { draft: true } | { version?: string | undefined };

/** `offer`: to be called after the commit, so that this process offers it from then on. */
export type Move = { from: string; version: string; offer(): void };

/** Reads and writes inside the caller's transaction. Every function throws `record.not_found` for an unknown flow or version. */
export type FlowWorkshop = {
  list(): Promise<FlowSummary[]>;
  get(name: string, which: Which): Promise<{ view: FlowView; faults: string[] }>;
  versions(name: string): Promise<FlowVersionView[]>;
  compare(name: string, from: Which, to: Which): Promise<FlowComparison>;
  /** Texts are merged into the draft; an empty list takes a change back. Answers what is still wrong with the draft. */
  saveDraft(
    name: string,
    change: { texts?: Record<string, Record<string, string[]>>; structure?: string },
    by: { name: string; at: Date },
  ): Promise<string[]>;
  dropDraft(name: string): Promise<void>;
  /** @throws input.invalid with every fault of the draft */
  publish(name: string, by: { name: string; at: Date; note?: string | undefined }): Promise<Move>;
  rollBack(name: string, version: string, by: { name: string; at: Date }): Promise<Move>;
  /** Takes over what another process published. */
  refresh(): Promise<void>;
  /** How a text with its choices looks on each channel. */
  preview(text: string, labels: string[]): Promise<Preview[]>;
  /** `knowledge`: what the organisation has written, for questions that come up. */
  play(
    name: string,
    which: Which,
    play: { channel: string; turns: TryTurn[]; now: Date; knowledge: Written[] },
  ): Promise<Tried>;
};
