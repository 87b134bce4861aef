export { compileUpdate, type Update, type UpdateContext, type UpdateOptions } from './update.ts';
export { upsertSeed } from './upsert.ts';
