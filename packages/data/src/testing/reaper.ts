import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('reaper.mjs', import.meta.url));

/**
 * Sees to it that a server of a test (its process, or a file that holds the number of it) and its folder do not outlive
 * the tests, however they end. Answers how to call that off.
 */
export function reap(server: number | string, folder: string): () => Promise<void> {
  const child = spawn(process.execPath, [program, String(server), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.unref();
  return async () => {
    // Else the process might end while it waits.
    child.ref();
    child.kill('SIGKILL');
    await ended;
  };
}
