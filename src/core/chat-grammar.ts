/**
 * The grammar of staff commands in chat, as data on the command: usage, help and parser come out of the same slots.
 * `/crm call #12 rnr when tomorrow 5pm no answer` → verb `call`, slots lead, outcome, when, note.
 */
export type ChatSlot =
  | { name: string; type: 'lead' | 'user' | 'word' | 'search'; optional?: boolean }
  /** One of these words; the key is what is typed (lower case), the value what the command gets. */
  | {
      name: string;
      type: 'choice';
      options: Record<string, string>;
      /** The options are the organisation's own: the stages of its pipeline. */
      from?: 'stages';
      optional?: boolean;
    }
  /** A time in plain words; `keyword` must precede it where the slot is not the only free text. */
  | { name: string; type: 'when'; keyword?: string; optional?: boolean }
  /** The rest of the line. */
  | { name: string; type: 'text'; optional?: boolean };

export type ChatUsage = {
  verb: string;
  slots: ChatSlot[];
  example: string;
  /** Fixed input that the verb implies. */
  fixed?: Record<string, unknown>;
};

/** `call <#id> rnr|callback|busy|answered [when <time>] [note]` */
export function usage({ verb, slots }: ChatUsage): string {
  return [verb, ...slots.map((slot) => (slot.optional ? `[${shape(slot)}]` : shape(slot)))].join(' ');
}

function shape(slot: ChatSlot): string {
  if (slot.type === 'lead') return '<#id>';
  if (slot.type === 'user') return '@user';
  if (slot.type === 'choice' && slot.from && !Object.keys(slot.options).length) return `<${slot.name}>`;
  if (slot.type === 'choice') return Object.keys(slot.options).join('|');
  if (slot.type === 'when') return slot.keyword ? `${slot.keyword} <time>` : '<time>';
  return slot.type === 'text' ? slot.name : `<${slot.name}>`;
}
