/** `invitation:<appointment>` as bytes, for what mails attach. */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { StoredMedia } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { invitation } from './contract.ts';

export function invitationMedia(bus: Bus, id: string): Promise<StoredMedia> | undefined {
  const [kind, appointmentId] = id.split(':');
  return kind === 'invitation' && appointmentId ? read(bus, appointmentId) : undefined;
}

async function read(bus: Bus, appointmentId: string): Promise<StoredMedia> {
  const caller = { actor: systemActor('calendar'), surface: 'subscriber' as const };
  const { ics, method } = await bus.query(invitation, { appointmentId }, caller);
  if (!ics) throw new AppError('record.not_found', { kind: 'file', id: appointmentId });
  return {
    body: Buffer.from(ics),
    mime: `text/calendar; charset=utf-8; method=${method}`,
    filename: 'invite.ics',
  };
}
