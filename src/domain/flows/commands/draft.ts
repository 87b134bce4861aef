import { handles } from '../../../core/define.ts';
import { dropDraft, saveDraft } from '../contract.ts';
import type { FlowWorkshop } from '../port.ts';

export const draftHandlers = (workshop: () => FlowWorkshop) => [
  handles(saveDraft, async (ctx, { name, texts, structure }) => {
    const change = { ...(texts && { texts }), ...(structure !== undefined && { structure }) };
    const faults = await workshop().saveDraft(name, change, { name: ctx.actor.name, at: ctx.now() });
    ctx.audit({ kind: 'Flow', id: name, text: 'changed the draft' });
    return { faults };
  }),
  handles(dropDraft, async (ctx, { name }) => {
    await workshop().dropDraft(name);
    ctx.audit({ kind: 'Flow', id: name, text: 'dropped the draft' });
    return { ok: true } as const;
  }),
];
