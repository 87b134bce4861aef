/** Who is signed in, for Refine. The session is a cookie that scripts cannot read: `GET /api/me` is how we know. */
import type { AuthProvider } from '@refinedev/core';
import type { QueryClient } from '@tanstack/react-query';
import { ask, command, signIn, signOut } from '../api/client.ts';
import { ApiError } from '../api/error.ts';
import { currentEndpoint, removeHere } from '../shared/push.ts';

export const meKey = ['data', 'default', 'user', 'user.me', {}];

export function createAuthProvider(client: QueryClient): AuthProvider {
  const me = () =>
    client.fetchQuery({ queryKey: meKey, queryFn: () => ask('user.me', {}), staleTime: 30_000 });
  return {
    async login({ email, password, to }) {
      try {
        await signIn(email, password);
        client.clear();
        return { success: true, redirectTo: to ?? '/' };
      } catch (error) {
        return { success: false, error: error as Error };
      }
    },
    async logout() {
      await forgetBrowser().catch(() => undefined);
      await signOut().catch(() => undefined);
      client.clear();
      return { success: true, redirectTo: '/sign-in' };
    },
    async check() {
      try {
        await me();
        return { authenticated: true };
      } catch (error) {
        // A server that is away is not a sign-out: the shell says so and keeps trying.
        if (error instanceof ApiError && error.statusCode === 401)
          return { authenticated: false, redirectTo: '/sign-in' };
        return { authenticated: true };
      }
    },
    async onError(error) {
      return error?.statusCode === 401 ? { logout: true, redirectTo: '/sign-in' } : {};
    },
    getIdentity: async () => (await me()).user,
    getPermissions: async () => (await me()).commands,
  };
}

/** Whoever uses this browser next is not shown my notices. */
async function forgetBrowser(): Promise<void> {
  const endpoint = await currentEndpoint();
  if (!endpoint) return;
  await command('notification.unsubscribe', { endpoint });
  await removeHere();
}
