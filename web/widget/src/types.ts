/** What travels between the widget and `/webchat`; the server's side of it is src/channels/webchat/items.ts. */
export type Choice = { label: string; value: string; description?: string };

export type Item = {
  id: string;
  seq: number;
  direction: 'in' | 'out';
  text: string;
  at: string;
  clientMessageId?: string;
  author?: { kind: 'bot' | 'user'; name?: string };
  choices?: Choice[];
  media?: { type: 'image' | 'document' | 'audio' | 'video'; url?: string; filename?: string; mime?: string };
  location?: { name: string; address: string; latitude: number; longitude: number };
};

export type Look = {
  account: string;
  title: string;
  subtitle: string;
  colour: string;
  greeting?: string;
  starters: string[];
};

export type Press = { value: string; label: string };

/** Written here and not yet seen in the transcript. Its id makes every retry harmless. */
export type Pending = {
  clientMessageId: string;
  text: string;
  press?: Press;
  at: string;
  state: 'sending' | 'sent' | 'failed' | 'refused';
  problem?: string;
};
