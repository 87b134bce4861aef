/** What WhatsApp knows: customers' phones, messages, templates, files. */
import type { EmulatorAccounts } from '../types.ts';

export type PhoneMessage = {
  id: string;
  direction: 'in' | 'out';
  at: Date;
  /** As a person reads it on the phone. */
  text: string;
  /** Buttons or list rows that can be pressed. */
  choices: { id: string; title: string; description?: string }[];
  /** The provider's payload, ours or theirs. */
  raw: Record<string, any>;
  status?: 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';
  ref?: string;
};
export type Customer = {
  waId: string;
  userId: string;
  name: string;
  messages: PhoneMessage[];
  lastInboundAt?: Date;
  showsNumber: boolean;
  /** How many messages may still be sent to this customer, as of then. */
  pair?: { room: number; at: Date };
};
export type Template = {
  name: string;
  language: string;
  params: number;
  status: 'PENDING' | 'APPROVED' | 'REJECTED';
  category?: string;
  components?: Record<string, any>[];
};
export type StoredFile = { id: string; mime: string; filename?: string; body: Buffer };

export type WhatsAppState = {
  account: EmulatorAccounts['whatsapp'];
  customers: Map<string, Customer>;
  templates: Template[];
  files: Map<string, StoredFile>;
  /** Bodies of `POST /messages` that were taken, oldest first. */
  taken: Record<string, any>[];
};

export const newState = (account: EmulatorAccounts['whatsapp']): WhatsAppState => ({
  account,
  customers: new Map(),
  // As if Meta had approved them: those that ship with the flows, and one for notices.
  templates: [
    { name: 'notice', language: 'en', params: 1, status: 'APPROVED' },
    { name: 'lead_form_hello', language: 'en', params: 2, status: 'APPROVED' },
  ],
  files: new Map(),
  taken: [],
});

export function customerOf(state: WhatsAppState, address: string): Customer {
  const waId = address.replace(/^\+/, '');
  const known =
    state.customers.get(waId) ?? [...state.customers.values()].find(({ userId }) => userId === address);
  if (known) return known;
  const made: Customer = {
    waId,
    userId: `IN.${waId.padStart(16, '1')}`,
    name: '',
    messages: [],
    showsNumber: true,
  };
  state.customers.set(waId, made);
  return made;
}
