/** To add an operation: declare it under contract/, write its handler under commands/ or queries/, list it in index.ts. */
export * from './contract/commands.ts';
export * from './contract/internal.ts';
export * from './contract/queries.ts';
export * from './contract/questions.ts';
export * from './contract/view.ts';
export type * from './port.ts';
