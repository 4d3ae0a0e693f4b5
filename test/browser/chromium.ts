import { chromium, type Browser } from 'playwright-core';
import { findService } from '../../scripts/testServices.js';

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a Chromium without a window. Fails, and says what to do, if there is none. */
export function launchChromium(): Promise<Browser> {
  const found = findService('chromium');
  if (found.kind !== 'program') throw new Error(found.kind === 'missing' ? found.problem : 'Chromium is no program.');
  // Chromium refuses its sandbox to root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags;
  return chromium.launch({ executablePath: found.path, headless: true, args });
}
