/** What visitors of a web chat may do beside writing: send files, show who they are, go on elsewhere. */
import type { Accounts } from '../channels/accounts.ts';
import type { VisitorIdentity } from '../channels/webchat/identity.ts';
import type { WebchatDeps } from '../channels/webchat/plugin.ts';
import { systemActor } from '../core/actor.ts';
import { customerAccount, mailAccount } from '../core/config.ts';
import { confirmCode, passOn, sendCode } from '../domain/contacts/contract.ts';
import { uploadedFiles } from '../domain/files/contract.ts';
import type { Uploads } from '../domain/files/uploads.ts';
import type { Kernel } from './kernel.ts';

type ProvedByCode = Awaited<ReturnType<VisitorIdentity['confirm']>>;

export function visitorPorts(
  { bus, config }: Kernel,
  accounts: Accounts,
  uploads: Uploads,
): Pick<WebchatDeps, 'files' | 'identity'> {
  const caller = { actor: systemActor('webchat'), surface: 'flow' as const };
  const isOpen = (name: string) => {
    const own = customerAccount(config, name);
    return own !== undefined && accounts.get(name, own.id) !== undefined;
  };
  return {
    files: {
      maxBytes: uploads.maxBytes,
      take: uploads.take,
      refs: async (owner, fileIds) => (await bus.query(uploadedFiles, { owner, fileIds }, caller)).media,
    },
    identity: {
      ways: () => [
        ...(isOpen('sms') || isOpen('whatsapp') ? (['phone'] as const) : []),
        ...(mailAccount(config) ? (['email'] as const) : []),
      ],
      send: (place, to) => bus.command(sendCode, { ...place, ...to }, caller),
      confirm: async (place, code) =>
        (await bus.command(confirmCode, { ...place, code }, caller)) as ProvedByCode,
      pass: async (place) => (await bus.command(passOn, place, caller)).code,
    },
  };
}
