/** What is done with a store as a whole, by its owner: none of it needs a driver. */
export { type BackupOptions, backup, snapshot } from './backup.ts';
export type { CheckReport } from './check.ts';
export { checkFile, checkStore } from './check-store.ts';
export { type CompactResult, compact } from './compact.ts';
export { OperationError } from './errors.ts';
export { type OnProgress, Pace, type Progress } from './progress.ts';
export { type RestoreOptions, type RestoreResult, restore } from './restore.ts';
export { type UserDescription, type UserTool, userTool } from './users.ts';
