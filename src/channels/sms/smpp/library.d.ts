/** The parts of `smpp` (node-smpp 0.5) that are used; it brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export type Pdu = {
    command: string;
    command_status: number;
    sequence_number: number;
    esm_class?: number;
    data_coding?: number;
    source_addr?: string;
    source_addr_ton?: number;
    destination_addr?: string;
    dest_addr_ton?: number;
    message_id?: string;
    receipted_message_id?: string;
    message_state?: number;
    short_message?: { message: string | Buffer; udh?: Buffer[] } | Buffer;
    message_payload?: { message: string | Buffer; udh?: Buffer[] } | Buffer;
    sar_msg_ref_num?: number;
    sar_total_segments?: number;
    sar_segment_seqnum?: number;
    isResponse(): boolean;
    response(options?: object): Pdu;
    [field: string]: any;
  };
  type Request = (fields: object, answered?: (pdu: Pdu) => void) => boolean;
  export type Session = EventEmitter & {
    socket: Socket;
    sequence: number;
    send(pdu: Pdu, answered?: (pdu: Pdu) => void): boolean;
    pause(): void;
    close(): void;
    destroy(): void;
    bind_transceiver: Request;
    submit_sm: Request;
    deliver_sm: Request;
    enquire_link(answered?: (pdu: Pdu) => void): boolean;
    unbind(answered?: (pdu: Pdu) => void): boolean;
  };
  export type Server = NetServer & { sessions: Session[] };
  const smpp: {
    connect(options: {
      host: string;
      port: number;
      tls?: boolean;
      ca?: Buffer;
      servername?: string;
    }): Session;
    createServer(listener: (session: Session) => void): Server;
    addTLV(name: string, options: { id: number; type: unknown }): void;
    types: { tlv: Record<string, unknown> };
    errors: Record<string, number>;
    encodings: Record<string, unknown>;
  };
  export default smpp;
}
