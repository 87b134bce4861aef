/** Everything that anyone can do or ask, by name: the one table behind HTTP, chat, console, flows and jobs. */
import type { Dataset } from './dataset.ts';
import type { EventType, Handler, Job, Module, Subscriber } from './define.ts';
import { AppError } from './errors.ts';
import type { Pointer } from './merging.ts';

export type Catalogue = {
  handlers: Handler[];
  handler(name: string): Handler;
  events: EventType[];
  subscribers: Subscriber[];
  jobs: Job[];
  datasets: Dataset[];
  pointers: Pointer[];
  modules: Module[];
};

export function createCatalogue(modules: Module[]): Catalogue {
  const handlers = modules.flatMap((module) => module.handlers ?? []);
  const byName = unique('command or query', handlers, ({ operation }) => operation.name);
  unique(
    'chat verb',
    handlers.filter(({ operation }) => operation.chat),
    ({ operation }) => operation.chat!.verb,
  );
  const events = modules.flatMap((module) => module.events ?? []);
  const known = unique('event', events, ({ name }) => name);
  const subscribers = modules.flatMap((module) => module.subscribers ?? []);
  unique('subscriber', subscribers, ({ name }) => name);
  for (const { event, name } of subscribers) {
    if (!known.has(event)) throw new Error(`subscriber ${name} waits for ${event}, which no module declares`);
  }
  return {
    handlers,
    handler: (name) => {
      const found = byName.get(name);
      if (!found) throw new AppError('command.unknown', { name });
      return found;
    },
    events,
    subscribers,
    jobs: modules.flatMap((module) => module.jobs ?? []),
    datasets: modules.flatMap((module) => module.datasets ?? []),
    pointers: [
      ...unique(
        'pointer',
        modules.flatMap((module) => module.pointers ?? []),
        ({ name }) => name,
      ).values(),
    ],
    modules,
  };
}

function unique<T>(what: string, items: T[], key: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    if (map.has(key(item))) throw new Error(`${what} ${key(item)} is declared twice`);
    map.set(key(item), item);
  }
  return map;
}
