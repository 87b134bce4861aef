/** Who acts. Every command and query runs as one of these; rights are decided from it and nothing else. */
import type { Role } from './rights.ts';

export type UserActor = {
  kind: 'user';
  id: string;
  name: string;
  role: string;
  teamIds: string[];
  /** Of the teams those with a policy of their own for whose the customers are. */
  sharing?: { shared: string[]; apart: string[] };
  /** Users below this one in the hierarchy, itself excluded: the "subtree" of the rights. */
  subordinateIds: string[];
  /** What the role grants at this moment where it was changed while running; absent: as in config/roles.yaml. */
  rights?: Role;
  /** Somebody of the support who acts as this person: stands in the audit. */
  impersonatedBy?: { id: string; name: string };
};
/** The product itself: the bot in a conversation, a timer, a subscriber, the set-up. May do everything. */
export type SystemActor = { kind: 'system'; id: string; name: string };
export type Actor = UserActor | SystemActor;

export const systemActor = (name: string): SystemActor => ({ kind: 'system', id: `system:${name}`, name });

/** Where a call came from; kept in the audit. */
export type Surface = 'console' | 'api' | 'chat' | 'flow' | 'timer' | 'subscriber' | 'cli' | 'mcp';
