import { handles } from '../../../core/define.ts';
import type { Identity } from '../../../core/messaging.ts';
import { knownByProof } from '../contract.ts';
import { ContactModel } from '../model.ts';
import { keyOf, normalIdentity } from '../rules.ts';

export const knownByProofHandler = handles(knownByProof, async (ctx, { identities }) => {
  const { country } = ctx.config.app.organisation;
  const keys = identities.map((one) => keyOf(normalIdentity(one as Identity, country)));
  const found = keys.length
    ? await ContactModel.find({ keys: { $in: keys } })
        .limit(2)
        .lean()
    : [];
  const [contact] = found;
  if (!contact || found.length > 1) return { teamIds: [] };
  const { _id: contactId, name, assigneeId, teamIds } = contact;
  return { contactId, ...(name && { name }), ...(assigneeId && { assigneeId }), teamIds };
});
