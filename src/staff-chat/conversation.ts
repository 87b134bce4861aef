/** What one answer needs to know. */
import type { UserActor } from '../core/actor.ts';
import type { Bus } from '../core/bus.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { Config } from '../core/config.ts';
import type { Context } from '../core/context.ts';
import type { InboundEvent } from '../core/messaging.ts';
import type { Attempts } from './explain.ts';
import type { Verb, Verbs } from './verbs.ts';
import type { ReadWhen } from './when.ts';

export type Conversation = {
  /** As the colleague; `system` as the product. */
  ctx: Context;
  system: Context;
  actor: UserActor;
  event: InboundEvent;
  bus: Bus;
  catalogue: Catalogue;
  config: Config;
  verbs: Verbs;
  readWhen: ReadWhen;
  attempts: Attempts;
};

/** Whether what is missing can be asked for: in a modal, or in a dialogue. */
export const canAsk = ({ meta }: InboundEvent): boolean => Boolean(meta?.triggerId || meta?.dialogue);

export const allowed = (chat: Conversation): Verb[] => chat.verbs.all.filter((verb) => isAllowed(chat, verb));
export const isAllowed = ({ bus, actor }: Conversation, { handler }: Verb): boolean =>
  bus.allows(actor, handler.operation.permission);
