/** The process of one linked phone by Baileys: the socket lives and dies here, apart from the app. */

import { flushCompileCache } from 'node:module';
import type { DriverSide } from '../linked/contract.ts';
import { serveDriver } from '../linked/serve-driver.ts';

serveDriver((app) => {
  // Loaded when the console is silent: libsignal prints private keys to it.
  const driver: Promise<DriverSide> = import('./driver.ts').then(({ createDriver }) => {
    // Whoever is killed cannot leave it behind for the next one at its end.
    flushCompileCache();
    return createDriver(app);
  });
  return {
    connect: async (settings) => (await driver).connect(settings),
    send: async (message) => (await driver).send(message),
    download: async (file, maxBytes) => (await driver).download(file, maxBytes),
    unpair: async () => (await driver).unpair(),
  };
});
