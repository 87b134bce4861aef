import { defineModule, type Module } from '../../core/define.ts';
import {
  createSourceHandler,
  renewSecretHandler,
  updateSourceHandler,
  withdrawSecretHandler,
} from './commands/manage.ts';
import { replayDeliveryHandler, testSourceHandler } from './commands/try.ts';
import type { Accept } from './deliver.ts';
import { getSourceHandler, listDeliveriesHandler, listSourcesHandler } from './queries/sources.ts';
import { subscribers } from './subscribers.ts';

/** @param accept the way in of every event: durable when it resolves. */
export const sources = (accept: () => Accept): Module =>
  defineModule({
    name: 'sources',
    summary: 'Leads that others send: Google’s lead forms, portals, programs; signed, mapped, replayed',
    handlers: [
      listSourcesHandler,
      getSourceHandler,
      createSourceHandler,
      updateSourceHandler,
      renewSecretHandler,
      withdrawSecretHandler,
      listDeliveriesHandler,
      testSourceHandler,
      replayDeliveryHandler(accept),
    ],
    subscribers,
  });
