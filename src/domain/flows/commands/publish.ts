import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { flowPublished, publishFlow, rollBackFlow } from '../contract.ts';
import type { FlowWorkshop, Move } from '../port.ts';

export const publishHandlers = (workshop: () => FlowWorkshop) => {
  /** Told and audited; other processes hear of it by the event, this one takes it over at once. */
  function offered(ctx: Context, name: string, { from, version, offer }: Move, did: string) {
    ctx.emit(flowPublished, { name, version, from }, { kind: 'Flow', id: name });
    ctx.audit({
      kind: 'Flow',
      id: name,
      before: { version: from },
      after: { version },
      undo: { command: rollBackFlow.name, input: { name, version: from } },
      text: `${did} version ${version}`,
    });
    ctx.afterCommit(offer);
    return { name, version, from };
  }

  return [
    handles(publishFlow, async (ctx, { name, note, expected }) => {
      const { flow } = await current(workshop(), name);
      if (expected && expected !== flow) throw new AppError('record.conflict', { kind: 'flow' });
      const by = { name: ctx.actor.name, at: ctx.now(), note };
      return offered(ctx, name, await workshop().publish(name, by), 'published');
    }),
    handles(rollBackFlow, async (ctx, { name, version }) => {
      const by = { name: ctx.actor.name, at: ctx.now() };
      return offered(ctx, name, await workshop().rollBack(name, version, by), 'went back to');
    }),
  ];
};

const current = async (workshop: FlowWorkshop, name: string) => ({
  flow: (await workshop.get(name, {})).view.version,
});
