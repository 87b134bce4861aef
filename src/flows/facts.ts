/** What a talk has established, as plain values: the last valid word counts, what was taken back is not there. */
import type { Session } from '../core/turn.ts';
import { localOf } from './turn/zone.ts';

export type Facts = {
  name?: string;
  /** E.164 */
  phone?: string;
  email?: string;
  product?: string;
  quantity?: number;
  /** In full units of the currency. */
  budget?: number;
  city?: string;
  /** Local time, 'YYYY-MM-DD HH:mm'. */
  appointment?: string;
  language?: string;
  wantsHuman: boolean;
  optedOut: boolean;
};

export function factsOf(
  session: Session | null,
  { zone, optedOut }: { zone: string; optedOut: boolean },
): Facts {
  const vars = (session?.vars ?? {}) as Record<string, any>;
  const memory = (session?.state ?? {}) as { language?: string; wantsHuman?: boolean };
  const booked = vars.appointment?.startsAt ? localOf(new Date(vars.appointment.startsAt), zone) : undefined;
  const agreed: string | undefined = vars.demoAt ?? booked;
  const facts = {
    name: vars.name,
    phone: vars.phone,
    email: vars.email,
    product: vars.product,
    quantity: vars.quantity?.value,
    budget: vars.budget?.amount,
    city: vars.city,
    appointment: agreed?.replace('T', ' '),
    language: memory.language,
    wantsHuman: memory.wantsHuman === true,
    optedOut,
  };
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as Facts;
}
