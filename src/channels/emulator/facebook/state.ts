/** What Meta knows of one page: people in Messenger and on Instagram, comments, forms and what was filled in. */
import type { EmulatorAccounts } from '../types.ts';

export type MetaSide = 'page' | 'instagram';
export type MetaMessage = {
  id: string;
  /** `in`: from the page to the person. */
  direction: 'in' | 'out';
  at: Date;
  text: string;
  choices: { title: string; payload: string }[];
  file?: string;
  raw: Record<string, any>;
};
export type MetaPerson = {
  id: string;
  side: MetaSide;
  name: string;
  messages: MetaMessage[];
  lastInboundAt?: Date;
  blocked: boolean;
};
export type Comment = {
  id: string;
  author: string;
  side: MetaSide;
  at: Date;
  text: string;
  replied: boolean;
};
export type FilledForm = {
  id: string;
  form: string;
  at: Date;
  campaign: string;
  answers: Record<string, string>;
};

export type FacebookState = {
  account: EmulatorAccounts['facebook'];
  people: Map<string, MetaPerson>;
  comments: Map<string, Comment>;
  leads: FilledForm[];
  uploads: Map<string, { name: string; body: Buffer }>;
  files: Map<string, { mime: string; body: Buffer }>;
  subscribed: string[];
  /** Bodies of `POST /<page>/messages` that were taken, oldest first. */
  taken: Record<string, any>[];
};

export const newState = (account: EmulatorAccounts['facebook']): FacebookState => ({
  account,
  people: new Map(),
  comments: new Map(),
  leads: [],
  uploads: new Map(),
  files: new Map(),
  subscribed: [],
  taken: [],
});

export function personOf(state: FacebookState, id: string, side: MetaSide = 'page'): MetaPerson {
  const known = state.people.get(id);
  if (known) return known;
  const made: MetaPerson = { id, side, name: `Person ${id}`, messages: [], blocked: false };
  state.people.set(id, made);
  return made;
}
