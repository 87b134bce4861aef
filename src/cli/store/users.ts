import { working } from './operations.ts';
import { readPassword } from './password.ts';

/** Who may use the store by TCP: mongosh, a report writer, another program on this machine. */
export async function addUserCommand(
  dataDir: string,
  name: string,
  options: { role: string; on: string },
): Promise<void> {
  await working(async ({ userTool }) => {
    const password = await readPassword();
    const { role } = options;
    await userTool(dataDir).add(name, password, { role, db: role === 'root' ? 'admin' : options.on });
    return `Added ${name}, ${role === 'root' ? 'who may do everything' : `with ${role} on ${options.on}`}.`;
  });
}

export async function passwordCommand(dataDir: string, name: string): Promise<void> {
  await working(async ({ userTool }) => {
    await userTool(dataDir).setPassword(name, await readPassword());
    return `${name} has a new password.`;
  });
}

export async function removeUserCommand(dataDir: string, name: string): Promise<void> {
  await working(async ({ userTool }) => {
    await userTool(dataDir).remove(name);
    return `Removed ${name}.`;
  });
}

export async function listUsersCommand(dataDir: string): Promise<void> {
  await working(async ({ userTool }) => {
    const users = await userTool(dataDir).list();
    if (users.length === 0) return 'Nobody yet. Add one with: parley store user add NAME';
    return users
      .map(({ name, roles }) => `${name}  ${roles.map(({ role, db }) => `${role} on ${db}`).join(', ')}`)
      .join('\n');
  });
}
