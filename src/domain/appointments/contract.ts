export * from './contract/commands.ts';
export * from './contract/events.ts';
export * from './contract/internal.ts';
export * from './contract/queries.ts';
export * from './contract/view.ts';
