import { accessSync, constants, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { channels, guideOf } from '../channels/index.ts';
import { type AccountConfig, type Config, ConfigError, loadConfig } from '../core/config.ts';
import { baseOf, webhookOf } from '../domain/settings/addresses.ts';
import { probe } from '../llm/probe.ts';
import { ledgerFinding } from './doctor-ledger.ts';

/** ✓ in order; – not set up, which may be meant so; ✗ wrong: it will not work like this. */
type Finding = ['✓' | '–' | '✗', string];

/** One finding a line: what is there, what is missing, and where it comes from. Ends with 1 when something is wrong. */
export async function doctorCommand(): Promise<void> {
  const findings = [node(), ...(await configured())];
  for (const [sign, text] of findings) process.stdout.write(`${sign} ${text}\n`);
  if (findings.some(([sign]) => sign === '✗')) process.exitCode = 1;
}

const node = (): Finding => [
  Number(process.versions.node.split('.')[0]) >= 24 ? '✓' : '✗',
  `Node.js ${process.versions.node} (24 or newer is needed)`,
];

async function configured(): Promise<Finding[]> {
  try {
    const config = loadConfig();
    // The store knows, too, what the console has set of the accounts.
    const nothingMissed = await ledgerFinding(config);
    const accounts: Finding[] = [];
    for (const account of config.accounts) accounts.push(await accountFinding(account, config));
    return [
      ['✓', `configuration in ${config.dir}`],
      ...placeFindings(config),
      await languageFinding(config),
      nothingMissed,
      ...accounts,
    ];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map((fault): Finding => ['✗', fault]);
  }
}

function placeFindings({ env, dataDir }: Config): Finding[] {
  const built = existsSync(resolve(import.meta.dirname, '../../web/dist/index.html'));
  return [
    [
      '✓',
      env.MONGODB_URI
        ? 'database: the one of MONGODB_URI'
        : `database: embedded, under ${resolve(dataDir, 'store')}`,
    ],
    isWritable(dataDir) ? ['✓', `data folder ${dataDir}`] : ['✗', `data folder ${dataDir} cannot be written`],
    built ? ['✓', 'console built'] : ['–', 'the console is not built: npm run build'],
    env.PUBLIC_URL
      ? ['✓', `reached at ${env.PUBLIC_URL}`]
      : [
          '–',
          'PUBLIC_URL is not set: providers’ webhooks and links in messages need the address at which this server is reached',
        ],
  ];
}

async function languageFinding({ app, env }: Config): Promise<Finding> {
  const { state, text } = await probe(app.llm, env.LLM_API_KEY);
  return [state === 'ready' ? '✓' : state === 'off' ? '–' : '✗', `language layer: ${text}`];
}

async function accountFinding(account: AccountConfig, config: Config): Promise<Finding> {
  const { channel, id, settings, missing } = account;
  const name = `${channel} ${id}`;
  if (missing.length) return ['–', `${name}: set ${missing.join(', ')}. ${await howToGet(account, config)}`];
  const parsed = (await channels[channel]?.())?.settings.safeParse(settings);
  if (!parsed) return ['✗', `${name}: there is no channel ${channel}`];
  const problems = parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return problems ? ['✗', `${name}: ${problems.join('; ')}`] : ['✓', name];
}

/** The steps of its guide that ask for something; the console shows them whole. */
async function howToGet({ channel, id, settings }: AccountConfig, config: Config): Promise<string> {
  const place = { account: id, settings, publicUrl: baseOf(config), webhook: webhookOf(config, channel, id) };
  const asking = (await guideOf(channel, place))?.steps.filter(({ fields }) =>
    fields?.some(({ optional }) => !optional),
  );
  const lines = (asking ?? []).flatMap((step) => step.lines);
  return ['Or enter it in the console under Settings → Channels → Connect.', ...lines].join(' ');
}

function isWritable(dir: string): boolean {
  try {
    accessSync(existsSync(dir) ? dir : resolve(dir, '..'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
