/** For the page that serves recordings: who opened the address, whether they still may, and the bytes. */

import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import { readLink } from '../../core/links.ts';
import type { Vault } from '../../core/vault.ts';
import { actorFor } from '../staff/contract.ts';
import { linkPurpose } from './commands/recordings.ts';
import { playRecording } from './contract.ts';
import { RecordingModel } from './model.ts';

export type Play = (token: string, now: Date) => Promise<{ body: Buffer; mime: string }>;

/** Every opening is a command of whoever asked for the address, and stands in the audit as theirs. */
export const recordingPlayer =
  (bus: Bus, config: Config, vault: Vault): Play =>
  async (token, now) => {
    const { id: callId, who: userId } = readLink(config.secret, linkPurpose, token, now);
    const caller = { actor: systemActor('recordings'), surface: 'api' as const };
    const { actor } = await bus.query(actorFor, { userId }, caller);
    if (!actor) throw new AppError('auth.link_expired');
    const { recordingId } = await bus.command(playRecording, { callId }, { actor, surface: 'console' });
    const recording = await RecordingModel.findById(recordingId).lean();
    if (!recording?.file) throw new AppError('record.not_found', { kind: 'recording of call', id: callId });
    return { body: await vault.get(recording.file), mime: recording.mime ?? 'audio/mpeg' };
  };
