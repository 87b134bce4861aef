import { accessSync, constants, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { channels } from '../channels/index.ts';
import { ConfigError, loadConfig } from '../core/config.ts';
import { howToGet } from './how-to-get.ts';

/** One finding a line: what is there, what is missing, and where it comes from. */
export async function doctorCommand(): Promise<void> {
  const findings: [ok: boolean, text: string][] = [
    [
      Number(process.versions.node.split('.')[0]) >= 24,
      `Node.js ${process.versions.node} (24 or newer is needed)`,
    ],
  ];
  try {
    const config = loadConfig();
    findings.push([true, `configuration in ${config.dir}`]);
    findings.push([
      true,
      config.env.MONGODB_URI
        ? 'database: MONGODB_URI'
        : `database: embedded, under ${resolve(config.dataDir, 'store')}`,
    ]);
    findings.push([isWritable(config.dataDir), `data folder ${config.dataDir} can be written`]);
    findings.push([
      existsSync(resolve(import.meta.dirname, '../../web/dist/index.html')),
      'console built (if not: npm run build)',
    ]);
    findings.push([
      Boolean(config.env.PUBLIC_URL),
      'PUBLIC_URL is set (needed for webhooks and links in messages)',
    ]);
    for (const { channel, id, settings, missing } of config.accounts) {
      if (missing.length)
        findings.push([false, `${channel} ${id}: set ${missing.join(', ')}. ${howToGet[channel] ?? ''}`]);
      else {
        const result = (await channels[channel]?.())?.settings.safeParse(settings);
        findings.push([
          Boolean(result?.success),
          `${channel} ${id}${result?.error ? `: ${result.error.issues[0]?.message}` : ''}`,
        ]);
      }
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) findings.push([false, fault]);
  }
  for (const [ok, text] of findings) process.stdout.write(`${ok ? '✓' : '✗'} ${text}\n`);
}

function isWritable(dir: string): boolean {
  try {
    accessSync(existsSync(dir) ? dir : resolve(dir, '..'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
