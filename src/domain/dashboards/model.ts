import mongoose, { Schema } from 'mongoose';
import type { GoalPeriod, Tile } from './contract.ts';

export type DashboardDocument = { _id: string; tiles: Tile[]; updatedAt: Date };
/** `_id`: whose. */
export const DashboardModel = mongoose.model<DashboardDocument>(
  'Dashboard',
  new Schema<DashboardDocument>(
    { _id: String, tiles: [{ type: Schema.Types.Mixed }], updatedAt: Date },
    { versionKey: false, minimize: false },
  ),
  'dashboards',
);

/** `_id`: measure|period|user, so that there is one of each. */
export type GoalDocument = {
  _id: string;
  measure: string;
  period: GoalPeriod;
  target: number;
  userId?: string;
};
export const GoalModel = mongoose.model<GoalDocument>(
  'Goal',
  new Schema<GoalDocument>(
    { _id: String, measure: String, period: String, target: Number, userId: String },
    { versionKey: false },
  ),
  'goals',
);
export const goalId = ({
  measure,
  period,
  userId,
}: Pick<GoalDocument, 'measure' | 'period' | 'userId'>): string => `${measure}|${period}|${userId ?? ''}`;
