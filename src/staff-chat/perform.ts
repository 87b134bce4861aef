/** Runs one command or query as the colleague and puts its answer into cards. */
import type { Answer, Handler } from '../core/define.ts';
import { isAppError } from '../core/errors.ts';
import type { Content } from '../core/messaging.ts';
import { contents } from './answers.ts';
import { type Conversation, canAsk } from './conversation.ts';
import { askAgain } from './explain.ts';
import { formFor } from './forms.ts';
import { exampleOf } from './verbs.ts';

/** @throws AppError as refused, with the form that could put it right kept for `explain`. */
export async function perform(
  chat: Conversation,
  handler: Handler,
  input: Record<string, unknown>,
  echo = '',
): Promise<Content[]> {
  const { ctx, event, verbs } = chat;
  try {
    const isQuery = handler.operation.kind === 'query';
    return contents(await present(chat, handler, input), {
      echo,
      pressed: event.body.kind !== 'command' && event.body.kind !== 'text',
      ...(isQuery && { again: { command: handler.operation.name, input } }),
    });
  } catch (error) {
    if (!isAppError(error)) throw error;
    const verb = verbs.byCommand(handler.operation.name);
    // Drawn now, while there is a context to read with; shown after the refused work was rolled back.
    const form =
      askAgain.has(error.code) && canAsk(event)
        ? await formFor(ctx, handler, verb, input).catch(() => undefined)
        : undefined;
    chat.attempts.set(event, { ...(verb && { example: exampleOf(verb) }), ...(form && { form }) });
    throw error;
  }
}

export async function present(
  { ctx, config }: Conversation,
  handler: Handler,
  input: Record<string, unknown>,
): Promise<Answer> {
  const output = await ctx.perform(handler.operation.name, input);
  const { timezone: zone, locale } = config.app.organisation;
  return (
    handler.present?.(output as never, { zone, locale, now: ctx.now() }) ?? {
      text: textOf(output) ?? `Done: ${handler.operation.summary}.`,
    }
  );
}

const textOf = (output: unknown): string | undefined => {
  const text = (output as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : undefined;
};
