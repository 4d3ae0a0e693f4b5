import type { Logger } from '@supportgraph/kernel';
import { pino } from 'pino';
import type { LogLevel } from './config.js';

/** Never written, wherever they turn up: credentials. */
const hidden = ['authorization', 'apiKey', 'token', 'password', 'secret'];
const redact = [...hidden, ...hidden.map((name) => `*.${name}`), 'headers.cookie', 'headers["x-internal-token"]'];

/** Writes a line of JSON for each fact to the error output, so that the standard output stays for people. */
export function openLogger(level: LogLevel): Logger {
  return pino(
    { level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
