/** `<id>.<signature>`: what strangers hold. It cannot be guessed, and one purpose's is worthless for another. */
import type { Context } from '../../core/context.ts';
import { createSigner } from '../../core/signing.ts';

type Purpose = 'calendar-feed' | 'invitation';

export const tokenFor = (ctx: Context, purpose: Purpose, id: string): string =>
  `${id}.${createSigner(ctx.config.secret).sign(purpose, id)}`;

/** @returns the id, or undefined for whatever we did not sign */
export function idIn(ctx: Context, purpose: Purpose, token: string): string | undefined {
  const [id = '', signature = '', more] = token.split('.');
  const right = more === undefined && createSigner(ctx.config.secret).verify(purpose, id, signature);
  return right ? id : undefined;
}

/** How the outside reaches this server. */
export function publicUrl({ config: { env } }: Context): string {
  return (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, '');
}
