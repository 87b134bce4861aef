/** People on Telegram: they write, press and block; and the updates that tell the bot of it. After core.telegram.org/bots/api#update. */
import type { Delivery, World } from '../types.ts';
import { createSender } from '../webhooks.ts';
import { type ChatMessage, type Person, personOf, type StoredFile, type TelegramState } from './state.ts';

const minute = 60_000;
/** Telegram repeats an update "a reasonable amount of attempts"; these are ours. */
const backoff = [0.5 * minute, 2 * minute, 10 * minute, 60 * minute];

export type TelegramPeople = ReturnType<typeof createTelegramPeople>;

/** @param run takes a method call that came as the answer to a webhook. */
export function createTelegramPeople(
  world: World,
  state: TelegramState,
  run: (name: string, args: Record<string, any>) => Promise<unknown>,
) {
  const sender = createSender(world, 'telegram', backoff);
  let updates = 0;

  async function tell(kind: string, value: object): Promise<Delivery | undefined> {
    const { url, secret, allowed } = state.webhook;
    if (allowed && !allowed.includes(kind)) return undefined;
    const update = { update_id: 880_000_000 + ++updates, [kind]: value };
    if (!url) {
      state.waiting.push(update);
      world.bus.emit('change');
      return undefined;
    }
    const delivery = await sender.send({
      url: () => state.webhook.url,
      headers: () => ({
        'content-type': 'application/json',
        ...(secret && { 'x-telegram-bot-api-secret-token': secret }),
      }),
      body: JSON.stringify(update),
    });
    state.webhook.lastError = delivery.acknowledged
      ? undefined
      : `Wrong response from the webhook: ${delivery.status}`;
    const { method, ...args } = (delivery.body ?? {}) as { method?: string };
    if (method) await run(method, args);
    return delivery;
  }

  const user = ({ id, firstName, username }: Person) => ({
    id,
    is_bot: false,
    first_name: firstName,
    ...(username && { username }),
    language_code: 'en',
  });
  const chat = ({ id, firstName, username }: Person) => ({
    id,
    type: 'private',
    first_name: firstName,
    ...(username && { username }),
  });

  /** Any content of Telegram's documentation: `{text: 'Hi'}`, `{dice: {…}}`. */
  async function inject(
    id: number,
    content: Record<string, any>,
    text: string,
  ): Promise<Delivery | undefined> {
    const person = personOf(state, id);
    person.started = true;
    const at = world.clock.now();
    const message: ChatMessage = {
      id: world.next(),
      chat: id,
      direction: 'out',
      at,
      text,
      html: false,
      buttons: [],
      edited: false,
      raw: content,
    };
    state.messages.push(message);
    world.bus.emit('change');
    return tell('message', told(person, message, content));
  }

  const told = (person: Person, message: ChatMessage, content: object) => ({
    message_id: message.id,
    from: user(person),
    chat: chat(person),
    date: Math.floor(message.at.getTime() / 1000),
    ...content,
  });

  const chatOf = (id: number): ChatMessage[] => state.messages.filter((message) => message.chat === id);

  return {
    bot: state.bot,
    person: (id: number, profile: Partial<Omit<Person, 'id'>> = {}) =>
      Object.assign(personOf(state, id), profile),
    people: (): Person[] => [...state.people.values()],
    inject,
    say: (id: number, text: string) =>
      inject(
        id,
        {
          text,
          ...(text.startsWith('/') && {
            entities: [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]!.length }],
          }),
        },
        text,
      ),
    /** Corrects what was written last. */
    async edit(id: number, text: string): Promise<Delivery | undefined> {
      const last = chatOf(id).findLast(({ direction }) => direction === 'out');
      if (!last) throw new Error(`${id} has written nothing`);
      last.text = text;
      const content = { text, edit_date: Math.floor(world.clock.now().getTime() / 1000) };
      return tell('edited_message', told(personOf(state, id), last, content));
    },
    /** Presses the button with this label on the newest message that has it. */
    async press(id: number, label: string): Promise<Delivery | undefined> {
      const message = chatOf(id).findLast(({ buttons }) => buttons.flat().some(({ text }) => text === label));
      const button = message?.buttons.flat().find(({ text }) => text === label);
      if (!message || !button) throw new Error(`${id} sees no button “${label}”`);
      if (button.url) throw new Error(`“${label}” opens ${button.url}`);
      const person = personOf(state, id);
      return tell('callback_query', {
        id: String(world.next()),
        from: user(person),
        chat_instance: '1',
        data: button.callback_data,
        message: {
          message_id: message.id,
          from: { id: 1, is_bot: true, first_name: state.bot.name },
          chat: chat(person),
          date: Math.floor(message.at.getTime() / 1000),
          text: message.text,
          reply_markup: { inline_keyboard: message.buttons },
        },
      });
    },
    file(id: number, file: Omit<StoredFile, 'id'>, caption?: string): Promise<Delivery | undefined> {
      const fileId = `CQAC${world.next()}`;
      state.files.set(fileId, { id: fileId, ...file });
      const size = { file_id: fileId, file_unique_id: fileId, file_size: file.body.length };
      const words = caption && { caption };
      return file.mime.startsWith('image/')
        ? inject(id, { photo: [{ ...size, width: 90, height: 90 }], ...words }, `📎 ${file.filename}`)
        : inject(
            id,
            { document: { ...size, file_name: file.filename, mime_type: file.mime }, ...words },
            `📎 ${file.filename}`,
          );
    },
    /** Shares the own contact, as the button “Share my number” does. */
    shareContact(id: number): Promise<Delivery | undefined> {
      const { phone, firstName } = personOf(state, id);
      return inject(
        id,
        { contact: { phone_number: phone, first_name: firstName, user_id: id } },
        `☎ ${phone}`,
      );
    },
    location: (id: number, latitude: number, longitude: number) =>
      inject(id, { location: { latitude, longitude } }, `📍 ${latitude}, ${longitude}`),
    block(id: number, blocked = true): Promise<Delivery | undefined> {
      const person = personOf(state, id);
      person.blocked = blocked;
      const status = (is: boolean) => ({
        user: { id: 1, is_bot: true, first_name: state.bot.name },
        status: is ? 'kicked' : 'member',
      });
      return tell('my_chat_member', {
        chat: chat(person),
        from: user(person),
        date: Math.floor(world.clock.now().getTime() / 1000),
        old_chat_member: status(!blocked),
        new_chat_member: status(blocked),
      });
    },
    /** The chat, oldest first. */
    messages: chatOf,
    /** What the bot has sent. */
    seen: (id: number): ChatMessage[] => chatOf(id).filter(({ direction }) => direction === 'in'),
    taken: () => state.taken,
    answered: () => state.answered,
    webhook: () => state.webhook,
    /** Documented are 30 a second; absent: as many as one likes. */
    pace: (perSecond?: number) => {
      if (perSecond === undefined) delete state.perSecond;
      else state.perSecond = perSecond;
    },
    pending: () => sender.pending() + state.waiting.length,
    retryDue: sender.retryDue,
    redeliver: sender.redeliver,
  };
}
