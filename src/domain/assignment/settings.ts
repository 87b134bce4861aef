import type { Context } from '../../core/context.ts';
import { type AssignmentSettings, assignmentSettings } from './contract.ts';
import { type SettingsVersionDocument, SettingsVersionModel } from './model.ts';

export const newest = (ctx: Context): Promise<SettingsVersionDocument | null> =>
  ctx.once('assignment.settings', () =>
    SettingsVersionModel.findOne().sort({ version: -1 }).lean<SettingsVersionDocument>().exec(),
  );

/** Parsed anew: a version of before an upgrade gets what has come since. */
export const settingsNow = async (ctx: Context): Promise<AssignmentSettings> =>
  assignmentSettings.parse((await newest(ctx))?.settings ?? {});
