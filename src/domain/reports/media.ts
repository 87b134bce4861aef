import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { StoredMedia } from '../../core/define.ts';
import { fileFormats, readReportFile } from './contract.ts';

/** `report:<run>:<format>` as a file, for channels that attach or link it; `undefined` for any other id. */
export function reportMedia(bus: Bus, id: string): Promise<StoredMedia> | undefined {
  const [kind, runId, name] = id.split(':');
  const format = fileFormats.find((one) => one === name);
  if (kind !== 'report' || !runId || !format) return undefined;
  return bus
    .query(readReportFile, { runId, format }, { actor: systemActor('reports'), surface: 'timer' })
    .then(({ base64, mime, filename }) => ({
      body: Buffer.from(base64, 'base64'),
      mime,
      filename,
    }));
}
