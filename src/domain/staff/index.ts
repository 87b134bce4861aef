import type { Catalogue } from '../../core/catalogue.ts';
import { defineModule } from '../../core/define.ts';
import {
  claimLinkHandler,
  confirmLinkHandler,
  pendingLinksHandler,
  startLinkHandler,
  unlinkHandler,
} from './commands/links.ts';
import { undoHandler } from './commands/undo.ts';
import {
  createTeamHandler,
  createUserHandler,
  linkPasswordHandler,
  nextAssigneeHandler,
  setPasswordHandler,
  updateUserHandler,
} from './commands/users.ts';
import { userChanged } from './contract.ts';
import { meHandler } from './queries/me.ts';
import {
  actorForHandler,
  findUsersHandler,
  listAssigneesHandler,
  listTeamsHandler,
  listUsersHandler,
} from './queries/users.ts';

export const staff = (catalogue: () => Catalogue) =>
  defineModule({
    name: 'staff',
    summary: 'Colleagues: users, roles, teams, linked chat accounts, undo',
    handlers: [
      createUserHandler,
      updateUserHandler,
      linkPasswordHandler,
      setPasswordHandler,
      nextAssigneeHandler,
      createTeamHandler,
      startLinkHandler,
      claimLinkHandler,
      pendingLinksHandler,
      confirmLinkHandler,
      unlinkHandler,
      undoHandler,
      listUsersHandler,
      listAssigneesHandler,
      actorForHandler,
      findUsersHandler,
      listTeamsHandler,
      meHandler(catalogue),
    ],
    events: [userChanged],
  });
