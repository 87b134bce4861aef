/** What the played providers show of their people, and what can be done as them: `/playground/api/*`. */
export type PhoneMessage = {
  id: string;
  /** From the phone's side: `out` is what the customer wrote. */
  direction: 'in' | 'out';
  at: string;
  text: string;
  choices: { id: string; title: string; description?: string }[];
  raw: { type?: string; document?: { filename?: string; link?: string; caption?: string } };
  status?: 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';
};
export type Customer = { waId: string; name: string; messages: PhoneMessage[] };

export type Button = {
  text: string;
  actionId: string;
  blockId: string;
  url?: string;
  confirm?: { text?: { text: string } };
};
export type SlackMessage = {
  ts: string;
  text: string;
  buttons: Button[];
  ephemeral: boolean;
  edited: boolean;
  mine: boolean;
};
export type ModalBlock = {
  type: string;
  block_id?: string;
  label?: { text: string };
  hint?: { text: string };
  text?: { text: string };
  elements?: { text?: string }[];
  optional?: boolean;
  element?: {
    type: string;
    multiline?: boolean;
    initial_value?: string;
    initial_date_time?: number;
    options?: { value: string; text: { text: string } }[];
    initial_option?: { value: string };
  };
};
export type Modal = { title?: { text: string }; submit?: { text: string }; blocks: ModalBlock[] };
export type Colleague = {
  id: string;
  name: string;
  realName: string;
  messages: SlackMessage[];
  modal?: Modal;
  home?: { text: string; buttons: Button[] };
};
export type TextMessage = {
  sid: string;
  /** From the phone's side: `out` is what the customer wrote. */
  direction: 'in' | 'out';
  text: string;
  segments: number;
  at: string;
  status: string;
};
export type VoiceCall = {
  phone: string;
  state: 'connecting' | 'listening' | 'ringing' | 'recording' | 'over';
  lines: { by: 'us' | 'caller' | 'network'; text: string }[];
};
export type State = {
  whatsapp: Customer[];
  slack: Colleague[];
  sms: { phone: string; messages: TextMessage[] }[];
  calls: VoiceCall[];
  socketConnections: number;
};

async function call<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/playground/api/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

const act =
  (provider: 'whatsapp' | 'slack' | 'sms' | 'telephone', name: string) =>
  (...args: unknown[]) =>
    call<{ result: { acknowledged?: boolean; body?: unknown } | null }>(`${provider}/${name}`, { args });

export const people = {
  state: () => call<State>('state'),
  changed: () => call<{ changed: boolean }>('changes?waitMs=20000'),
  phone: {
    customer: act('whatsapp', 'customer'),
    say: act('whatsapp', 'say'),
    press: act('whatsapp', 'press'),
    read: act('whatsapp', 'read'),
  },
  sms: { say: act('sms', 'say') },
  calls: {
    ring: act('telephone', 'ring'),
    press: act('telephone', 'press'),
    say: act('telephone', 'say'),
    colleague: act('telephone', 'colleague'),
    hangUp: act('telephone', 'hangUp'),
  },
  slack: {
    slash: act('slack', 'slash'),
    say: act('slack', 'say'),
    press: act('slack', 'press'),
    openHome: act('slack', 'openHome'),
    pressHome: act('slack', 'pressHome'),
    submit: act('slack', 'submit'),
  },
};
