import type { Catalogue } from '../../../core/catalogue.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { me } from '../contract.ts';
import { UserModel } from '../model.ts';
import { viewOf } from '../view.ts';

/** @param catalogue is asked late: it holds this very handler. */
export const meHandler = (catalogue: () => Catalogue) =>
  handles(me, async (ctx) => {
    const user = await UserModel.findById(ctx.actor.id).lean();
    if (!user) throw new AppError('auth.required');
    const { organisation } = ctx.config.app;
    const allowed = catalogue().handlers.filter(
      ({ operation: { permission: p } }) =>
        p === 'public' || p === 'signed-in' || (p !== 'system' && ctx.can(p.action, p.subject)),
    );
    return {
      user: viewOf(user),
      commands: allowed.map(({ operation }) => operation.name),
      brand: organisation.name,
      timezone: organisation.timezone,
      locale: organisation.locale,
      ...(ctx.actor.kind === 'user' &&
        ctx.actor.impersonatedBy && { impersonatedBy: ctx.actor.impersonatedBy.name }),
    };
  });
