import { defineModule, type Module } from '../../core/define.ts';
import {
  discardImportHandler,
  resumeImportHandler,
  startImportHandler,
  stopImportHandler,
  undoImportHandler,
} from './commands/run.ts';
import { importFinished, importProgressed, importStarted } from './contract.ts';
import { sweepImports } from './jobs.ts';
import { getImportHandler, listImportsHandler } from './queries/imports.ts';
import { previewImportHandler } from './queries/preview.ts';
import { importErrorsHandler, importLeftoversHandler } from './queries/rest.ts';
import type { Judge } from './reading.ts';

/** @param judge what the language engine holds of a note; asked only when a file is read. */
export const imports = (judge: () => Judge | undefined): Module =>
  defineModule({
    name: 'imports',
    summary:
      'Leads from CSV files and workbooks: read, mapped, previewed, recorded in the background, undone',
    handlers: [
      listImportsHandler,
      getImportHandler,
      previewImportHandler(judge),
      startImportHandler,
      stopImportHandler,
      resumeImportHandler,
      undoImportHandler,
      discardImportHandler,
      importErrorsHandler,
      importLeftoversHandler,
    ],
    events: [importStarted, importProgressed, importFinished],
    jobs: [sweepImports],
  });
