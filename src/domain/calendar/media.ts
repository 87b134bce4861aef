/** `invitation:<appointment>`, with `:<address>` for one that is in it no more, as bytes, for what mails attach. */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { StoredMedia } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { invitation } from './contract.ts';

export function invitationMedia(bus: Bus, id: string): Promise<StoredMedia> | undefined {
  const [kind, appointmentId, gone] = id.split(':');
  return kind === 'invitation' && appointmentId ? read(bus, appointmentId, gone) : undefined;
}

async function read(bus: Bus, appointmentId: string, gone: string | undefined): Promise<StoredMedia> {
  const caller = { actor: systemActor('calendar'), surface: 'subscriber' as const };
  const { ics, method } = await bus.query(invitation, { appointmentId, ...(gone && { gone }) }, caller);
  if (!ics) throw new AppError('record.not_found', { kind: 'file', id: appointmentId });
  return {
    body: Buffer.from(ics),
    mime: `text/calendar; charset=utf-8; method=${method}`,
    filename: 'invite.ics',
  };
}
