/** Refine's `can`: an action on a resource is a command's name, and `GET /api/me` lists the commands one may use. */
import type { AccessControlProvider } from '@refinedev/core';
import type { QueryClient } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { meKey } from './auth-provider.ts';

export const createAccessProvider = (client: QueryClient): AccessControlProvider => ({
  async can({ resource, action }) {
    const me = await client.fetchQuery({
      queryKey: meKey,
      queryFn: () => ask('user.me', {}),
      staleTime: 30_000,
    });
    return { can: me.commands.includes(`${resource}.${action === 'show' ? 'get' : action}`) };
  },
});
