/** What others may know of leads: the shapes, the questions, the acts, the events. */

export * from './contract/bulk.ts';
export * from './contract/commands.ts';
export * from './contract/events.ts';
export * from './contract/export.ts';
export * from './contract/internal.ts';
export * from './contract/merge.ts';
export * from './contract/queries.ts';
export * from './contract/view.ts';
