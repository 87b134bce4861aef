/** The process of one linked phone by whatsapp-web.js: it owns a browser, which ends with it. */
import type { DriverSide } from '../linked/contract.ts';
import { serveDriver } from '../linked/serve-driver.ts';
import { groupMegabytes } from './memory.ts';

let browser: number | undefined;

serveDriver(
  (app) => {
    const driver: Promise<DriverSide> = import('./driver.ts').then(({ createDriver }) =>
      createDriver(app, (pid) => {
        browser = pid;
      }),
    );
    return {
      connect: async (settings) => (await driver).connect(settings),
      send: async (message) => (await driver).send(message),
      download: async (file, maxBytes) => (await driver).download(file, maxBytes),
      unpair: async () => (await driver).unpair(),
    };
  },
  () => (browser === undefined ? 0 : groupMegabytes(browser)),
);
