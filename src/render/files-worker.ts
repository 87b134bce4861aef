/** The other side of files.ts. */
import { parentPort } from 'node:worker_threads';
import { chartOption } from './chart.ts';
import { sheetCsv } from './csv.ts';
import type { FileAnswer, FileRequest } from './files.ts';
import { chartPng } from './image.ts';
import { sheetPdf } from './pdf.ts';
import { sheetXlsx } from './xlsx.ts';

parentPort!.on('message', async ({ id, ...request }: FileRequest & { id: number }) => {
  const answer: FileAnswer = await make(request).then(
    (bytes) => ({ id, ...(bytes && { bytes: new Uint8Array(bytes) }) }),
    (error: Error) => ({ id, error: error.message }),
  );
  parentPort!.postMessage(answer);
});

async function make({ sheet, chart, format }: FileRequest): Promise<Buffer | undefined> {
  const option = chart && chartOption(sheet, chart);
  switch (format) {
    case 'png':
      return option && chartPng(option);
    case 'pdf':
      return sheetPdf(sheet, option && (await chartPng(option)));
    case 'xlsx':
      return sheetXlsx(sheet);
    default:
      return sheetCsv(sheet);
  }
}
