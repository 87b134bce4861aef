/** The files behind a kept report, as channels fetch them: its picture, and its paper. */
import type { MediaRef } from '../../core/messaging.ts';
import type { Sheet } from '../../render/sheet.ts';

export function reportFiles(runId: string, sheet: Sheet, hasChart: boolean): MediaRef[] {
  const file = (type: MediaRef['type'], format: 'png' | 'pdf', mime: string): MediaRef => ({
    type,
    id: `report:${runId}:${format}`,
    filename: `${sheet.title}.${format}`,
    mime,
  });
  return [
    ...(hasChart ? [file('image', 'png', 'image/png')] : []),
    ...(sheet.rows.length ? [file('document', 'pdf', 'application/pdf')] : []),
  ];
}
