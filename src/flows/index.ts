/** The conversation engine put together: flows from the configuration, their versions, and the language engine. */
import { join } from 'node:path';
import type { Config } from '../core/config.ts';
import { ConfigError } from '../core/config.ts';
import type { Decide } from '../core/turn.ts';
import type { FlowWorkshop } from '../domain/flows/contract.ts';
import { createNlu } from '../nlu/index.ts';
import { flowCommands } from './catalogue.ts';
import { createFlowEngine } from './engine.ts';
import { loadFlows } from './loader.ts';
import type { Nlu, Understanding } from './nlu.ts';
import type { NeedsOpinion } from './turn/second-opinion.ts';
import type { WindowOf } from './turn/talk.ts';
import { publishFlows } from './versions.ts';
import { createWorkshop } from './workshop/index.ts';
import type { PreviewOf } from './workshop/play.ts';

export { createFlowEngine } from './engine.ts';
export { loadFlows } from './loader.ts';
export type { Nlu } from './nlu.ts';
export { type FlowVersions, flowVersions, publishFlows } from './versions.ts';

export type ConversationEngine = {
  decide: Decide;
  workshop: FlowWorkshop;
  /** What the words of a note are taken for, by the same understanding. */
  junkOf(text: string, at: Date): Understanding['junk'];
  /** Loads what the first message would otherwise wait for. */
  warm(): void;
};

/** Loads, checks and publishes the flows; the database must be open. @throws ConfigError with every fault. */
export async function createConversationEngine({
  config,
  nlu,
  now = new Date(),
  windowOf = () => undefined,
  needsOpinion,
  phrases = false,
  preview = async () => [],
}: {
  config: Config;
  nlu?: Nlu;
  now?: Date;
  windowOf?: WindowOf;
  needsOpinion?: NeedsOpinion;
  phrases?: boolean;
  preview?: PreviewOf;
}): Promise<ConversationEngine> {
  const loaded = loadFlows(config.dir, { commands: flowCommands });
  const { flow } = config.app.bot;
  if (!loaded.some(({ name }) => name === flow))
    throw new ConfigError([`app.yaml: bot.flow: there is no flow "${flow}" in ${join(config.dir, 'flows')}`]);
  const flows = await publishFlows(loaded, now);
  const understanding = nlu ?? nluFor(config);
  const { timezone } = config.app.organisation;
  return {
    ...createFlowEngine({
      flows,
      nlu: understanding,
      config,
      windowOf,
      ...(needsOpinion && { needsOpinion }),
      phrases,
    }),
    workshop: createWorkshop(flows, { app: config.app, nlu: understanding, windowOf, preview }),
    junkOf: (text, at) => understanding.understand(text, { now: at, timezone }).junk,
    warm: () => void understanding.understand('Hello, a demo tomorrow at 5 pm please', { now, timezone }),
  };
}

/** The language engine for this organisation: its country's numbers, its products by any of their names. */
export function nluFor(config: Pick<Config, 'app'>): Nlu {
  const { country, timezone, products } = config.app.organisation;
  const names = new Map(
    products.flatMap(({ name, aliases }) =>
      [name, ...aliases].flatMap((alias) =>
        [alias, ...spelledInHindi(alias)].map((word) => [word, name] as const),
      ),
    ),
  );
  const nlu = createNlu({ defaultCountry: country, timezone, catalogue: names });
  return {
    understand(text, options) {
      const read = nlu.understand(text, options);
      const { product } = read.entities;
      return product
        ? { ...read, entities: { ...read.entities, product: names.get(product) ?? product } }
        : read;
    },
  };
}

const letters: Record<string, string> = {
  a: 'ए',
  b: 'बी',
  c: 'सी',
  d: 'डी',
  e: 'ई',
  f: 'एफ',
  g: 'जी',
  h: 'एच',
  i: 'आई',
  j: 'जे',
  k: 'के',
  l: 'एल',
  m: 'एम',
  n: 'एन',
  o: 'ओ',
  p: 'पी',
  q: 'क्यू',
  r: 'आर',
  s: 'एस',
  t: 'टी',
  u: 'यू',
  v: 'वी',
  w: 'डब्ल्यू',
  x: 'एक्स',
  y: 'वाई',
  z: 'ज़ेड',
};
/** "crm" → "सीआरएम": initials are written as they are spoken. */
const spelledInHindi = (alias: string): string[] =>
  /^[a-z]{2,4}$/i.test(alias) ? [[...alias.toLowerCase()].map((letter) => letters[letter]).join('')] : [];
