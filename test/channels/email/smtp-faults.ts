/** A submission server that fails as asked: what Postfix cannot be made to do. */
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export type Fault =
  /** Answers RCPT TO with this. */
  | { at: 'rcpt'; code: number; message: string }
  /** Answers the end of DATA with this. */
  | { at: 'data'; code: number; message: string }
  /** Takes the whole mail and hangs up without a word. */
  | { at: 'after-data' }
  /** Hangs up when the mail's first bytes come. */
  | { at: 'during-data' }
  | { at: 'login' };
export type FaultyServer = Awaited<ReturnType<typeof startFaultyServer>>;

export async function startFaultyServer() {
  let fault: Fault | undefined;
  const taken: string[] = [];
  const next = (): Fault | undefined => {
    const now = fault;
    fault = undefined;
    return now;
  };
  const refuse = ({ code, message }: { code: number; message: string }) =>
    Object.assign(new Error(message), { responseCode: code });

  const server = new SMTPServer({
    logger: false,
    size: 50_000_000,
    onAuth(_auth, _session, done) {
      if (fault?.at !== 'login') return done(null, { user: 'firm' });
      next();
      done(refuse({ code: 535, message: '5.7.8 Authentication credentials invalid' }));
    },
    onRcptTo(_address, _session, done) {
      if (fault?.at === 'rcpt') done(refuse(next() as { code: number; message: string }));
      else done();
    },
    onData(stream, session, done) {
      const hangUp = () => {
        for (const connection of server.connections as unknown as Set<{
          id: string;
          _socket: { destroy(): void };
        }>)
          if (connection.id === session.id) connection._socket.destroy();
      };
      if (fault?.at === 'during-data') {
        next();
        stream.once('data', hangUp);
        return;
      }
      let mail = '';
      stream.on('data', (chunk: Buffer) => {
        mail += chunk.toString();
      });
      stream.on('end', () => {
        const now = next();
        if (now?.at === 'data') return done(refuse(now));
        taken.push(mail);
        if (now?.at === 'after-data') hangUp();
        else done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');

  return {
    port: (server.server.address() as { port: number }).port,
    /** Mails that the server took, whole. */
    taken,
    fail(next: Fault) {
      fault = next;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
