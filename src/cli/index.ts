/** `bin/parley`: the command line. Each command loads what it needs when it runs. */
import { Command } from 'commander';
import { isAppError } from '../core/errors.ts';
import { registerFlows } from './flows.ts';
import { registerNlu } from './nlu-options.ts';
import { storeCommands } from './store/commands.ts';

const program = new Command('parley').description('A bot-first, omnichannel CRM').showHelpAfterError();

program
  .command('start')
  .description('serve the API, the console and the queues')
  .option('--demo', 'fill a believable company first, if the store is empty')
  .action(async (options) => (await import('./serve.ts')).serve(options));

const user = program.command('user').description('colleagues');
user
  .command('create')
  .description('add a colleague who can sign in')
  .requiredOption('--email <address>')
  .requiredOption('--name <name>')
  .requiredOption('--role <role>', 'administrator, manager or tele-caller')
  .option('--password-stdin', 'read the password from standard input; without it a one-time link is printed')
  .action(async (options) => (await import('./users.ts')).createUserCommand(options));

program
  .command('token')
  .description('API tokens')
  .command('create')
  .description('make a bearer token for a colleague; shown once')
  .requiredOption('--email <address>')
  .option('--name <name>', 'what it is for', 'command line')
  .action(async (options) => (await import('./users.ts')).createTokenCommand(options));

storeCommands(program);

const simulate = program
  .command('simulate')
  .description(
    'hold conversations from a file, or let timed rules run, with an injected clock and no network',
  );
simulate
  .command('talks', { isDefault: true })
  .description('hold conversations from a file')
  .requiredOption('--in <file>', 'JSON lines {id, channel, turns: [text…]}')
  .requiredOption('--out <file>', 'JSON lines {id, transcript, facts, records}')
  .option('--now <iso>', 'the time at which they begin', new Date().toISOString())
  .option('--timezone <zone>', 'the customers’ zone; default: the organisation’s')
  .action(async (options) => (await import('./simulate.ts')).simulateCommand(options));
simulate
  .command('rules')
  .description('what would be sent to whom, when and why, on a copy of the data: nothing is really sent')
  .requiredOption('--to <time>', 'until when, e.g. 2026-11-25 or 2026-11-25T19:00')
  .option('--from <time>', 'from when; default: now')
  .option('--json', 'a JSON line each')
  .action(async (options) => (await import('./simulate-rules.ts')).simulateRulesCommand(options));

registerFlows(program);
registerNlu(program);

program
  .command('doctor')
  .description('what is configured, what is missing, and how to get it')
  .action(async () => (await import('./doctor.ts')).doctorCommand());

try {
  await program.parseAsync();
} catch (error) {
  const { name, message } = error as Error;
  process.stderr.write(
    isAppError(error) || name === 'ConfigError' ? `${message}\n` : `${(error as Error).stack}\n`,
  );
  process.exitCode = 1;
}
