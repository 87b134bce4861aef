import { pino } from 'pino';

export type Logger = {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
  child(bindings: object): Logger;
};

// Nothing that opens a door may reach a log, at whatever depth a library nests it.
const secret = [
  'authorization',
  'cookie',
  'password',
  'token',
  'secret',
  'accessToken',
  'botToken',
  'signingSecret',
];
const paths = secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]);

export function createLogger(level = 'info'): Logger {
  return pino({ level, redact: { paths, censor: '[hidden]' }, base: undefined });
}

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
