/** Debian's Chromium for the tests; its headless shell where there is one: the same engine, opened in a third of the time. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const [shell, whole] = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const;

const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param isWhole for what the shell lacks: push. */
export const launch = (isWhole = false): Promise<Browser> =>
  chromium
    .launch({ executablePath: !isWhole && existsSync(shell) ? shell : whole, args: switches })
    .catch((error) => {
      throw new Error(
        `These tests need Chromium at ${whole} and ${shell} (apt-get install chromium chromium-headless-shell): ${error.message}`,
      );
    });
