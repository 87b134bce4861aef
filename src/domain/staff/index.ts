import type { Catalogue } from '../../core/catalogue.ts';
import { defineModule } from '../../core/define.ts';
import { impersonateHandler } from './commands/impersonate.ts';
import {
  claimLinkHandler,
  confirmLinkHandler,
  pendingLinksHandler,
  startLinkHandler,
  unlinkHandler,
} from './commands/links.ts';
import { createProjectHandler, listProjectsHandler, updateProjectHandler } from './commands/projects.ts';
import { revertRoleHandler, saveRoleHandler } from './commands/roles.ts';
import { createTeamHandler, listTeamsHandler, updateTeamHandler } from './commands/teams.ts';
import { confirmTextLinkHandler, textLinkHandler } from './commands/text-links.ts';
import { readTurnsHandler, takeTurnsHandler } from './commands/turns.ts';
import { undoChangeHandler, undoHandler } from './commands/undo.ts';
import {
  createUserHandler,
  linkPasswordHandler,
  nextAssigneeHandler,
  setPasswordHandler,
  updateUserHandler,
  upNextHandler,
} from './commands/users.ts';
import { userChanged } from './contract.ts';
import { rolesChanged } from './contract-roles.ts';
import { recordAccessHandler } from './queries/access.ts';
import { listAuditHandler } from './queries/audit.ts';
import { meHandler } from './queries/me.ts';
import { findRolesHandler, listRolesHandler } from './queries/roles.ts';
import {
  actorForHandler,
  findUsersHandler,
  listAssigneesHandler,
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
      upNextHandler,
      readTurnsHandler,
      takeTurnsHandler,
      createTeamHandler,
      updateTeamHandler,
      createProjectHandler,
      updateProjectHandler,
      startLinkHandler,
      claimLinkHandler,
      pendingLinksHandler,
      confirmLinkHandler,
      unlinkHandler,
      textLinkHandler,
      confirmTextLinkHandler,
      undoHandler,
      undoChangeHandler,
      listAuditHandler,
      listUsersHandler,
      listAssigneesHandler,
      actorForHandler,
      findUsersHandler,
      listTeamsHandler,
      listProjectsHandler,
      meHandler(catalogue),
      listRolesHandler,
      findRolesHandler,
      saveRoleHandler,
      revertRoleHandler,
      recordAccessHandler,
      impersonateHandler,
    ],
    events: [userChanged, rolesChanged],
  });
