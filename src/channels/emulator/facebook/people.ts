/** People in Messenger and on Instagram: they write, press, comment, fill in forms; and Meta's webhooks that tell of it. */
import { sendSigned } from '../meta/webhook.ts';
import type { Delivery, World } from '../types.ts';
import { createSender } from '../webhooks.ts';
import { type FacebookState, type MetaMessage, type MetaPerson, type MetaSide, personOf } from './state.ts';

const minute = 60_000;
/** As Meta's other webhooks: "with decreasing frequency". */
const backoff = [0.5 * minute, 2 * minute, 10 * minute, 60 * minute];

export type FacebookPeople = ReturnType<typeof createFacebookPeople>;

export function createFacebookPeople(
  world: World,
  state: FacebookState,
  target: (side: MetaSide) => string,
  base: () => string,
) {
  const { account } = state;
  const sender = createSender(world, 'facebook', backoff);
  const entryId = (side: MetaSide) => (side === 'page' ? account.pageId : account.instagramId);

  function deliver(
    side: MetaSide,
    content: { messaging: object[] } | { changes: object[] },
  ): Promise<Delivery> {
    const entry = [{ id: entryId(side), time: world.clock.now().getTime(), ...content }];
    const payload = { object: side, entry };
    return sendSigned(sender, { url: () => target(side), appSecret: account.appSecret, payload });
  }

  /** Any messaging event of Meta's documentation: `{message: {mid, text}}`, `{reaction: {…}}`. */
  async function inject(
    id: string,
    content: Record<string, any>,
    shown: string,
    side?: MetaSide,
  ): Promise<Delivery> {
    const person = personOf(state, id, side);
    const now = world.clock.now();
    person.lastInboundAt = now;
    const mid = content.message?.mid ?? content.postback?.mid ?? `m_${world.next()}`;
    person.messages.push({ id: mid, direction: 'out', at: now, text: shown, choices: [], raw: content });
    world.bus.emit('change');
    return deliver(person.side, { messaging: [from(person, content)] });
  }
  const from = ({ id, side }: MetaPerson, content: object) => ({
    sender: { id },
    recipient: { id: entryId(side) },
    timestamp: world.clock.now().getTime(),
    ...content,
  });
  const mid = (): string => `m_CUS${String(world.next()).padStart(9, '0')}`;

  return {
    person: (
      id: string,
      profile: Partial<Pick<MetaPerson, 'name' | 'side' | 'blocked' | 'lastInboundAt'>> = {},
    ) => Object.assign(personOf(state, id, profile.side), profile),
    people: (): MetaPerson[] => [...state.people.values()],
    inject,
    say: (id: string, text: string, side?: MetaSide) =>
      inject(id, { message: { mid: mid(), text } }, text, side),
    press(id: string, title: string): Promise<Delivery> {
      const person = personOf(state, id);
      const offered = person.messages.findLast(({ choices }) => choices.some((one) => one.title === title));
      const choice = offered?.choices.find((one) => one.title === title);
      if (!choice) throw new Error(`${id} is offered no choice “${title}”`);
      return inject(
        id,
        { message: { mid: mid(), text: title, quick_reply: { payload: choice.payload } } },
        title,
      );
    },
    file(id: string, file: { mime: string; body: Buffer }): Promise<Delivery> {
      const name = String(world.next());
      state.files.set(name, file);
      const type = ['image', 'video', 'audio'].find((kind) => file.mime.startsWith(kind)) ?? 'file';
      const attachments = [{ type, payload: { url: `${base()}/_meta/${name}` } }];
      return inject(id, { message: { mid: mid(), attachments } }, `📎 ${type}`);
    },
    /** Under a post of the page; whom it is by, Meta tells only by name. */
    comment(id: string, text: string, side: MetaSide = 'page'): Promise<Delivery> {
      const person = personOf(state, id, side);
      const made = {
        id: `${account.pageId}_${world.next()}`,
        author: id,
        side,
        at: world.clock.now(),
        text,
        replied: false,
      };
      state.comments.set(made.id, made);
      return tellComment(person, made.id, 'add');
    },
    tellComment: (id: string, commentId: string, verb: string) =>
      tellComment(personOf(state, id), commentId, verb),
    comments: () => [...state.comments.values()],
    /** Fills in a lead form; `told: false`: the webhook is lost for good. */
    async fillForm(
      answers: Record<string, string>,
      { form = account.forms[0]!.id, campaign = 'Spring campaign', told = true } = {},
    ) {
      const lead = { id: `${world.next()}5555`, form, at: world.clock.now(), campaign, answers };
      state.leads.push(lead);
      const value = {
        leadgen_id: lead.id,
        form_id: form,
        page_id: account.pageId,
        created_time: Math.floor(lead.at.getTime() / 1000),
      };
      if (told) await deliver('page', { changes: [{ field: 'leadgen', value }] });
      return lead;
    },
    /** The person opens the chat. */
    read: (id: string) => {
      const person = personOf(state, id);
      return deliver(person.side, {
        messaging: [from(person, { read: { watermark: world.clock.now().getTime() } })],
      });
    },
    /** Somebody of the page answers in Meta's own inbox. */
    answerInInbox(id: string, text: string): Promise<Delivery> {
      const person = personOf(state, id);
      return deliver(person.side, { messaging: [echo(person, { id: mid(), text, raw: {} })] });
    },
    /** What follows a message that was taken: its echo, its delivery. */
    async report(person: MetaPerson, message: MetaMessage): Promise<void> {
      await deliver(person.side, { messaging: [echo(person, message)] });
      const delivery = { mids: [message.id], watermark: world.clock.now().getTime() };
      await deliver(person.side, { messaging: [from(person, { delivery })] });
    },
    seen: (id: string): MetaMessage[] =>
      personOf(state, id).messages.filter(({ direction }) => direction === 'in'),
    messages: (id: string): MetaMessage[] => personOf(state, id).messages,
    taken: () => state.taken,
    subscribed: () => state.subscribed,
    pending: sender.pending,
    retryDue: sender.retryDue,
    redeliver: sender.redeliver,
  };

  function echo(
    { id, side }: MetaPerson,
    { id: echoed, text, raw }: Pick<MetaMessage, 'id' | 'text' | 'raw'>,
  ) {
    const metadata = raw.message?.metadata;
    return {
      sender: { id: entryId(side) },
      recipient: { id },
      timestamp: world.clock.now().getTime(),
      message: { mid: echoed, is_echo: true, text, app_id: 1, ...(metadata && { metadata }) },
    };
  }

  function tellComment({ id, name, side }: MetaPerson, commentId: string, verb: string): Promise<Delivery> {
    const { text, at } = state.comments.get(commentId)!;
    // On Facebook the author's id is the page's own name for them; still, only Meta's answer to the reply is taken for it.
    const change =
      side === 'page'
        ? {
            field: 'feed',
            value: {
              item: 'comment',
              verb,
              comment_id: commentId,
              post_id: `${account.pageId}_1`,
              from: { id: `9${id}`, name },
              message: text,
              created_time: Math.floor(at.getTime() / 1000),
            },
          }
        : {
            field: 'comments',
            value: { id: commentId, text, from: { id: `9${id}`, username: name }, media: { id: '17' } },
          };
    return deliver(side, { changes: [change] });
  }
}
