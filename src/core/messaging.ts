/**
 * The words that channels and the conversation engine share. A channel turns its provider's payload into an
 * `InboundEvent` and a `Content` into its provider's call; nothing else of a provider passes this line.
 */

/** Who somebody is on a channel. A contact is keyed by these, never by telephone alone. */
export type IdentityScheme =
  | 'phone'
  | 'email'
  | 'visitor'
  | 'wa_bsuid'
  | 'wa_lid'
  | 'psid'
  | 'igsid'
  | 'telegram'
  | 'slack';
/** `value` is E.164 for phones, lower case for e-mail; `scope` is what makes the value unique (team, page, account). */
export type Identity = { scheme: IdentityScheme; value: string; scope?: string };

export type MediaRef = {
  type: 'image' | 'document' | 'audio' | 'video';
  id?: string;
  url?: string;
  mime?: string;
  filename?: string;
  bytes?: number;
};

/** Somebody's contact card: theirs, or of whom to speak with. */
export type ContactCard = { name: string; company?: string; phones: string[]; emails: string[] };

export type InboundBody =
  /** `quoted`: what an e-mail repeats of earlier ones below its answer; kept for people, not read by the bot. */
  | { kind: 'text'; text: string; quoted?: string }
  /** A button or list row was pressed; `value` is what the button carried. */
  | { kind: 'press'; value: string; label: string }
  | { kind: 'media'; media: MediaRef[]; text?: string; quoted?: string }
  | { kind: 'location'; latitude: number; longitude: number; name?: string }
  | { kind: 'contact'; contacts: ContactCard[] }
  /** Staff only: a slash command's text, without the slash command itself. */
  | { kind: 'command'; text: string }
  /** Staff only: a modal was submitted. */
  | { kind: 'form'; command: string; values: Record<string, unknown> }
  /** Something happened that is no message (chat opened, home opened). */
  | { kind: 'signal'; name: string; data?: Record<string, unknown> }
  /** The telephone tells of a call; nobody has written anything. */
  | { kind: 'call'; call: CallReport }
  /** Kept, never lost, though we cannot read it. */
  | { kind: 'unknown'; note: string };

/** How far a call or one of its legs has come; all but the first two are ends, and only `completed` was answered. */
export const callStatuses = [
  'ringing',
  'talking',
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
] as const;
export type CallStatus = (typeof callStatuses)[number];

/**
 * One of several reports that a telephone provider or dialer gives of a call. Numbers are E.164 where they are telephone
 * numbers, else as the provider names a line: `client:priya`, `sip:…`, `101`. A withheld number is left out.
 */
export type CallReport = {
  /** The provider's id of the whole call: all its legs and reports share it. */
  callId: string;
  /** It tells of this leg of the call, towards a colleague or on to the client; absent: of the call itself. */
  legId?: string;
  direction?: 'in' | 'out';
  from?: string;
  to?: string;
  /** Whose line it went to, where the report itself says so. */
  line?: string;
  status?: CallStatus;
  /** Spoken. */
  seconds?: number;
  /** When it began. */
  at?: Date;
  /** `forwarded`: we answered and ring colleagues, so that only a leg says who took it; `unattended`: we hung up ourselves. */
  answered?: 'forwarded' | 'unattended';
  /** All legs have been tried: nobody will take it any more. */
  legsDone?: boolean;
  recording?: { id: string; url: string; seconds?: number };
};

/** One thing that reached us. `(channel, account, id)` is unique: repeats are dropped by it. */
export type InboundEvent = {
  id: string;
  channel: string;
  account: string;
  audience: 'customer' | 'staff';
  /** The conversation within the account: a wa_id, a visitor, a mail thread, a Slack user. */
  thread: string;
  from: Identity[];
  name?: string;
  /** The provider's time of sending. */
  at: Date;
  body: InboundBody;
  /** E-mail: subject, message id and references. Staff: response url, trigger id. Lead: source, medium, campaign, page. */
  meta?: Record<string, unknown>;
};

export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'failed';
/** A provider's word on something we sent; `ref` is our outbox id where the provider echoes it. */
export type Receipt = {
  channel: string;
  account: string;
  providerId?: string;
  ref?: string;
  status: ReceiptStatus;
  at: Date;
  error?: string;
};

export type Choice = { label: string; value: string; description?: string };

/** A button on a staff card: runs this command with this input, as whoever presses it. `form` opens a modal first. */
export type CardButton = {
  label: string;
  command: string;
  input: Record<string, unknown>;
  style?: 'primary' | 'danger';
  confirm?: string;
  form?: boolean;
};
/** What staff see of a record or an answer, on any surface. */
export type Card = {
  title?: string;
  text?: string;
  fields?: { label: string; value: string }[];
  buttons?: CardButton[];
  /** Link into the console, e.g. `/leads/01J…`. */
  link?: string;
  /** Cards with the same key are updated in place where the channel can. */
  key?: string;
};
/** Several fields asked at once (a modal): submitted as `{kind: 'form', command, values}`. */
export type FormField = {
  name: string;
  label: string;
  type: 'text' | 'longtext' | 'select' | 'datetime';
  options?: { label: string; value: string }[];
  value?: string;
  optional?: boolean;
  hint?: string;
};
export type Form = {
  title: string;
  command: string;
  fixed: Record<string, unknown>;
  fields: FormField[];
  note?: string;
};

export type Again = { command: string; input: Record<string, unknown> };
/** What we say, blind to the channel; `render` degrades it to what the channel can show. */
export type Content =
  | { kind: 'text'; text: string; choices?: Choice[]; subject?: string; update?: boolean }
  | { kind: 'media'; media: MediaRef; caption?: string; subject?: string }
  | { kind: 'location'; latitude: number; longitude: number; name: string; address: string }
  | { kind: 'contact'; contact: ContactCard }
  /** An approved template, for when the service window is closed; `text` is what it reads as. */
  | { kind: 'template'; template: string; locale: string; params: string[]; text: string }
  /** `update` replaces the message whose button was pressed, or the last one sent with the card's key. */
  | { kind: 'card'; card: Card; ephemeral?: boolean; update?: boolean }
  /** `again` is the query that this list answers: asked anew when one of its buttons was pressed. */
  | { kind: 'cards'; text: string; cards: Card[]; ephemeral?: boolean; update?: boolean; again?: Again }
  | { kind: 'form'; form: Form };

export type Purpose = 'reply' | 'utility' | 'marketing' | 'auth' | 'staff';

/** One send. `id` is the outbox id: pass it to the provider as idempotency key or echo reference if it takes one. */
export type Outbound = {
  id: string;
  channel: string;
  account: string;
  /** The conversation's thread, or an address of the channel (phone, mail address, Slack user). */
  to: string;
  content: Content;
  purpose: Purpose;
  /** What the conversation knows that the channel needs: mail threading, response url, last inbound time (ISO). */
  meta?: Record<string, unknown>;
};

export type SendErrorKind =
  | 'rate'
  | 'window'
  | 'optout'
  | 'recipient'
  | 'auth'
  | 'content'
  | 'template'
  | 'transient'
  | 'ambiguous';
export type SendResult =
  | { ok: true; providerId: string; choiceMap?: Record<string, string> }
  | {
      ok: false;
      error: SendErrorKind;
      message: string;
      retryAfterMs?: number;
      /** `rate`: of this recipient alone; the account may go on to others. */
      onlyThem?: boolean;
    };

/** A token bucket: so many at once, made up for at so many a second. */
export type Pace = { burst: number; perSecond: number };

/** What a channel can show. Numbers are the provider's documented limits; `render` obeys them. */
export type ChannelCapabilities = {
  text: number;
  caption?: number;
  /** `text`: how long the text above them may be, where it is less than `text` below. */
  buttons?: { max: number; label: number; text?: number };
  list?: { rows: number; label: number; description: number; text?: number };
  media: boolean;
  /** Hours after the customer's last message in which free text may be sent; absent: always. */
  windowHours?: number;
  /**
   * What to do when a send's answer was lost: `resend` if repeating is harmless (the id makes it idempotent),
   * `receipt` if the provider always reports what it accepted (resend only when none came in `receiptSeconds`),
   * `staff` if a person must decide.
   */
  ambiguity: 'resend' | 'receipt' | 'staff';
  receiptSeconds?: number;
  /** How fast the provider takes messages: within any second of one account, and to one recipient. The outbox keeps to it. */
  pace?: { perSecond?: number; recipient?: Pace };
};
