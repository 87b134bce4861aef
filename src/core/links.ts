/** Addresses that can be opened for a while: what they open, for whom, until when, and our signature. */
import { AppError } from './errors.ts';
import { createSigner } from './signing.ts';

/** `<id>.<who>.<until>` and its signature: worth nothing to anybody else, for another purpose, nor later. */
export const signLink = (secret: string, purpose: string, id: string, who: string, until: Date): string => {
  const said = `${id}.${who}.${until.getTime().toString(36)}`;
  return `${said}.${createSigner(secret).sign(purpose, said)}`;
};

/** @throws auth.bad_signature, auth.link_expired */
export function readLink(
  secret: string,
  purpose: string,
  token: string,
  now: Date,
): { id: string; who: string } {
  const [id = '', who = '', until = '', signature = ''] = token.split('.');
  if (!createSigner(secret).verify(purpose, `${id}.${who}.${until}`, signature))
    throw new AppError('auth.bad_signature');
  if (Number.parseInt(until, 36) <= now.getTime()) throw new AppError('auth.link_expired');
  return { id, who };
}
