import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** `bin/parley store …`: the embedded store alone, and what is done with it as a whole. Each loads what it needs. */
export function storeCommands(program: Command): void {
  const store = program
    .command('store')
    .description('the embedded MongoDB-compatible store: run alone, saved, checked, copied')
    .option('--data <dir>', 'its data folder; default: the store of this installation')
    .option('--port <number>', 'run it alone, listening on this port of 127.0.0.1', port)
    .option('--no-auth', 'let every program on this machine in, without user and password')
    .action(async ({ port, auth }, command) => {
      if (port === undefined) command.help({ error: true });
      await (await import('./run.ts')).runCommand({ dataDir: await folder(command), port, auth });
    });
  const folder = async (command: Command): Promise<string> => {
    const { data } = command.optsWithGlobals();
    if (data !== undefined) return resolve(data);
    return join((await import('../../core/config.ts')).loadConfig().dataDir, 'store');
  };

  store
    .command('backup <file>')
    .description('write a checked copy into one file, while the server runs or not')
    .action(async (file, _, command) =>
      (await import('./operations.ts')).backupCommand(await folder(command), file),
    );
  store
    .command('restore <file>')
    .description('put a backup in the place of the data; what was there is kept aside')
    .action(async (file, _, command) =>
      (await import('./operations.ts')).restoreCommand(await folder(command), file),
    );
  store
    .command('check [file]')
    .description('check everything in the data, or in a backup: structure, checksums, index entries, counts')
    .action(async (file, _, command) =>
      (await import('./operations.ts')).checkCommand(await folder(command), file),
    );
  store
    .command('compact')
    .description('give the room that deletions left back to the disk; the server must be stopped')
    .action(async (_, command) => (await import('./operations.ts')).compactCommand(await folder(command)));

  store
    .command('copy')
    .description('move everything to a MongoDB, or from one; goes on where an earlier run ended')
    .option('--to <uri>', 'a MongoDB that receives what is here now; - reads it from standard input')
    .option('--from <uri>', 'a MongoDB whose content comes here; - reads it from standard input')
    .option('--replace', 'empty the databases of the same names in the target first')
    .action(async (options, command) =>
      (await import('./copy.ts')).copyCommand(await folder(command), options),
    );

  const user = store.command('user').description('who may use it by TCP');
  user
    .command('add <name>')
    .description('the password is asked for, or read from standard input')
    .addOption(new Option('--role <role>').choices(['root', 'readWrite', 'read']).default('root'))
    .option('--on <database>', 'the database that readWrite or read is for', 'test')
    .action(async (name, options, command) =>
      (await import('./users.ts')).addUserCommand(await folder(command), name, options),
    );
  user
    .command('password <name>')
    .description('give a user another password')
    .action(async (name, _, command) =>
      (await import('./users.ts')).passwordCommand(await folder(command), name),
    );
  user
    .command('remove <name>')
    .action(async (name, _, command) =>
      (await import('./users.ts')).removeUserCommand(await folder(command), name),
    );
  user
    .command('list')
    .action(async (_, command) => (await import('./users.ts')).listUsersCommand(await folder(command)));
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number < 65536) return number;
  throw new InvalidArgumentError('It is no port number.');
}
