/**
 * Staff at work in chat. An event of a colleague becomes a command or query of the catalogue, run with that colleague's
 * own rights, and its answer becomes cards. Nothing here knows a command by name except how to link an account; what can
 * be said comes from the catalogue's chat grammar.
 */
import type { Bus } from '../core/bus.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { Config } from '../core/config.ts';
import type { Context } from '../core/context.ts';
import type { AppError } from '../core/errors.ts';
import type { Content, InboundEvent } from '../core/messaging.ts';
import { readableMoment } from '../core/zone.ts';
import { readDate } from '../nlu/dates/read.ts';
import { actorOf } from './actor.ts';
import type { Conversation } from './conversation.ts';
import { answered, asDialogue } from './dialogue.ts';
import { endDialogue } from './dialogue-state.ts';
import { type Attempts, explain } from './explain.ts';
import { unlinked } from './link.ts';
import { respond } from './respond.ts';
import { type Verbs, verbsOf } from './verbs.ts';
import type { ReadWhen } from './when.ts';

export type StaffChatDeps = { bus: Bus; catalogue: Catalogue; config: Config; readWhen?: ReadWhen };

export type StaffChat = {
  /**
   * One event of a colleague → what they are told. Runs inside the caller's transaction.
   * @throws AppError as the command refused it: abort, then say `explain(error, event)`.
   */
  handle(ctx: Context, event: InboundEvent): Promise<Content[]>;
  /** The refusal in words with an example, or the form to put right what was missing. Pass the very same event. */
  explain(error: AppError, event: InboundEvent, ctx: Context): Promise<Content>;
};

export function createStaffChat({ bus, catalogue, config, readWhen = readDate }: StaffChatDeps): StaffChat {
  let known: { pipeline: Config['pipelines'][number]; verbs: Verbs } | undefined;
  /** Made anew when the pipeline was changed: a new stage can be said at once. */
  const verbsNow = (): Verbs => {
    const pipeline = config.pipelines[0]!;
    if (known?.pipeline !== pipeline) known = { pipeline, verbs: verbsOf(catalogue, pipeline.stages) };
    return known.verbs;
  };
  const attempts: Attempts = new WeakMap();
  const { timezone, locale } = config.app.organisation;
  const say = (at: Date): string => readableMoment(at, timezone, locale);
  return {
    async handle(ctx, event) {
      const actor = await actorOf(ctx, event);
      if (!actor) return unlinked(ctx, event, config.app.organisation.name);
      const conversation: Conversation = {
        ctx: ctx.as(actor),
        system: ctx,
        actor,
        event,
        bus,
        catalogue,
        config,
        verbs: verbsNow(),
        readWhen,
        attempts,
      };
      const answers = (await answered(conversation)) ?? (await respond(conversation));
      return asDialogue(ctx, event, answers, say);
    },
    async explain(error, event, ctx) {
      // What was answered last is rolled back: its question is not asked again by itself.
      if (event.meta?.dialogue) await endDialogue(event);
      const [content] = await asDialogue(ctx, event, [explain(error, event, attempts.get(event))], say);
      return content!;
    },
  };
}
