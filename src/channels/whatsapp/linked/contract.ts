/**
 * What the app and the process of a linked phone say to each other. Both drivers (Baileys, whatsapp-web.js) keep to it;
 * nothing of either library passes this line.
 *
 * To add a driver: a process that serves `DriverSide` with `serveDriver` and calls `AppSide`, and a line in `drivers.ts`.
 */
import type { InboundBody } from '../../../core/messaging.ts';

/** Who somebody is to WhatsApp: a number (digits with country code), a hidden id (`lid`, digits), or both. */
export type Person = { phone?: string; lid?: string };

/** A customer's message; `file` is what the driver needs to fetch the first medium of `body` later. */
export type DriverMessage = {
  id: string;
  from: Person;
  name?: string;
  /** Milliseconds since 1970. */
  at: number;
  body: InboundBody;
  file?: string;
  ad?: { title?: string; id?: string; page?: string };
};

export type DriverReceipt = {
  id: string;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  at: number;
  error?: string;
};

/** Already drawn as what a linked phone can send. */
export type DriverContent =
  | { kind: 'text'; text: string }
  /** A contact card, as a vCard. */
  | { kind: 'contact'; name: string; vcard: string }
  | {
      kind: 'media';
      type: 'image' | 'document' | 'audio' | 'video';
      body: Uint8Array;
      mime: string;
      filename: string;
      caption?: string;
    }
  | { kind: 'location'; latitude: number; longitude: number; name: string; address: string };

/** `id` is WhatsApp's id of the message, chosen by us; `ref` our outbox id. */
export type DriverSend = { id: string; ref: string; to: Person; content: DriverContent };
/** `id` where the driver could not give its message the name it was told. */
export type DriverSent =
  | { ok: true; id?: string }
  | {
      ok: false;
      error: 'transient' | 'recipient' | 'content' | 'rate' | 'auth' | 'ambiguous';
      message: string;
    };

/** Why a connection ended, as an HTTP-like code; the codes are WhatsApp's. */
export type Closed = { code: number; detail: string };

/** What a driver asks of the app. Each is answered; a rejection means that it was not done. */
export type AppSide = {
  /** Durable when it resolves. */
  accept(messages: DriverMessage[]): Promise<void>;
  receipts(receipts: DriverReceipt[]): Promise<void>;
  keysGet(names: string[]): Promise<Record<string, string>>;
  keysSet(changes: { name: string; value: string | null; forMs?: number }[]): Promise<void>;
  /** Before the first byte of a message leaves: from here on it may have arrived. `content` is kept for a repeat that the phone asks for. */
  sending(note: { id: string; ref: string; content: string }): Promise<void>;
  qr(code: string): Promise<void>;
  /** The phone agreed, and the connection is being made again as its device. */
  paired(me: Person): Promise<void>;
  online(me: Person & { name?: string }): Promise<void>;
  closed(why: Closed): Promise<void>;
  pulse(memory: { megabytes: number }): Promise<void>;
  /** A process that the driver has started, leader of its group: it must not outlive the driver. */
  helper(pid: number): Promise<void>;
  log(
    level: 'info' | 'warn' | 'error',
    message: string,
    detail: Record<string, string | number>,
  ): Promise<void>;
};

/** What the app asks of a driver. */
export type DriverSide = {
  connect(settings: Record<string, unknown>): Promise<void>;
  send(message: DriverSend): Promise<DriverSent>;
  /** A medium by what `DriverMessage.file` was. */
  download(file: string, maxBytes: number): Promise<{ body: Uint8Array; mime?: string }>;
  /** Tells the phone that this device is no more. */
  unpair(): Promise<void>;
};
