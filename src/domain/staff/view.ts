import type { UserView } from './contract.ts';
import type { UserDocument } from './model.ts';

export const viewOf = ({
  _id,
  name,
  email,
  role,
  teamIds,
  managerId,
  active,
  absent,
  linked,
}: UserDocument): UserView => ({
  id: _id,
  name,
  email,
  role,
  teamIds,
  active,
  absent,
  linked,
  ...(managerId && { managerId }),
});
