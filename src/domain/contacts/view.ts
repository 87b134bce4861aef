import type { ContactView } from './contract.ts';
import type { ContactDocument } from './model.ts';

export const viewOf = (c: ContactDocument): ContactView => ({
  id: c._id,
  name: c.name || c.phone || c.email || 'Unknown',
  identities: c.identities.map(({ proved: _, shared: __, ...identity }) => identity),
  createdAt: c.createdAt.toISOString(),
  ...(c.phone && { phone: c.phone }),
  ...(c.email && { email: c.email }),
  ...(c.city && { city: c.city }),
  ...(c.company && { company: c.company }),
  ...(c.assigneeId && { assigneeId: c.assigneeId }),
});
