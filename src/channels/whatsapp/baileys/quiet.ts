/** Baileys' log goes nowhere: it holds keys and what customers write. What matters is told to the app in words. */
import type { ILogger } from '@whiskeysockets/baileys/lib/Utils/logger.js';

const nothing = () => {};
export const quiet: ILogger = {
  level: 'silent',
  child: () => quiet,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};
