/** What others may know of conversations: the shapes, the questions, the acts, the events. */

export * from './contract/consent.ts';
export * from './contract/conversation.ts';
export * from './contract/dead-letter.ts';
export * from './contract/events.ts';
export * from './contract/ledger.ts';
export * from './contract/message.ts';
export * from './contract/outage.ts';
export * from './contract/proof.ts';
export * from './contract/signal.ts';
export * from './contract/walk.ts';
