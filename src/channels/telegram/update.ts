/** Telegram's updates as we need them. Source: core.telegram.org/bots/api#update. Loose: what a newer version adds is no fault. */
import { z } from 'zod';

const user = z.looseObject({
  id: z.number().int(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
});
const chat = z.looseObject({ id: z.number().int(), type: z.string() });
const seconds = z
  .number('must be seconds since 1970')
  .int()
  .min(0)
  .max(99_999_999_999)
  .transform((value) => new Date(value * 1000));

const message = z.looseObject({
  message_id: z.number().int(),
  date: seconds,
  chat,
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
});
export type Message = z.output<typeof message>;

const keyboard = z.looseObject({
  inline_keyboard: z.array(
    z.array(z.looseObject({ text: z.string(), callback_data: z.string().optional() })),
  ),
});
const callback = z.looseObject({
  id: z.string().min(1),
  from: user,
  data: z.string().optional(),
  /** Too old, it comes without its content. */
  message: z
    .looseObject({ message_id: z.number().int(), chat, reply_markup: keyboard.optional().catch(undefined) })
    .optional(),
});
export type Callback = z.output<typeof callback>;

const member = z.looseObject({
  chat,
  from: user,
  date: seconds,
  new_chat_member: z.looseObject({ status: z.string() }),
});
export type Member = z.output<typeof member>;

export const updateSchema = z.looseObject({
  update_id: z.number().int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callback.optional(),
  my_chat_member: member.optional(),
});
export type Update = z.output<typeof updateSchema>;
