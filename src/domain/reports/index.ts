import type { Catalogue } from '../../core/catalogue.ts';
import { defineModule, type Module } from '../../core/define.ts';
import { askReportHandler, showReportHandler } from './commands/ask.ts';
import {
  deleteReportHandler,
  freezeReportHandler,
  saveReportHandler,
  scheduleReportHandler,
} from './commands/keep.ts';
import { planAll, sendReportHandler } from './commands/send.ts';
import { reportSent } from './contract.ts';
import {
  listReportsHandler,
  readReportFileHandler,
  reportFileHandler,
  runReportHandler,
} from './queries/reports.ts';

export const reports = (catalogue: () => Catalogue): Module =>
  defineModule({
    name: 'reports',
    summary: 'The numbers: named and custom reports, questions in plain words, charts and files, schedules',
    handlers: [
      listReportsHandler(catalogue),
      runReportHandler(catalogue),
      reportFileHandler,
      readReportFileHandler,
      freezeReportHandler(catalogue),
      showReportHandler(catalogue),
      askReportHandler(catalogue),
      saveReportHandler(catalogue),
      deleteReportHandler,
      scheduleReportHandler,
      sendReportHandler(catalogue),
    ],
    events: [reportSent],
    start: planAll,
  });
