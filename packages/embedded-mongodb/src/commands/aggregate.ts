import { fault } from '../errors.ts';
import type { Context } from './context.ts';

export async function aggregate(_ctx: Context): Promise<never> {
  throw fault('CommandNotSupported', 'aggregate is not there yet.');
}
