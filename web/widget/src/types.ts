/** What travels between the widget and `/webchat`; the server's side of it is src/channels/webchat/items.ts. */
export type Choice = { label: string; value: string; description?: string };

export type Media = {
  type: 'image' | 'document' | 'audio' | 'video';
  url?: string;
  filename?: string;
  mime?: string;
};

export type Item = {
  id: string;
  seq: number;
  direction: 'in' | 'out';
  text: string;
  at: string;
  clientMessageId?: string;
  author?: { kind: 'bot' | 'user'; name?: string };
  choices?: Choice[];
  media?: Media;
  /** What the visitor sent. */
  files?: Media[];
  contact?: { name: string; company?: string; phones: string[]; emails: string[] };
  location?: { name: string; address: string; latitude: number; longitude: number };
};

export type Look = {
  account: string;
  title: string;
  subtitle: string;
  colour: string;
  greeting?: string;
  starters: string[];
  greetings?: { text: string; afterSeconds: number; path?: string }[];
  /** Absent: files are not taken. */
  upload?: { maxBytes: number };
  /** How a visitor can show who they are. */
  prove?: ('phone' | 'email')[];
  /** The talk may go on on WhatsApp. */
  goOn?: boolean;
};

export type Press = { value: string; label: string };

/** Written here and not yet seen in the transcript. Its id makes every retry harmless. */
export type Pending = {
  clientMessageId: string;
  text: string;
  press?: Press;
  /** `id` once it is uploaded; `done` of it so far, 0 to 1. */
  file?: { name: string; id?: string; done?: number };
  at: string;
  state: 'sending' | 'sent' | 'failed' | 'refused';
  problem?: string;
};
