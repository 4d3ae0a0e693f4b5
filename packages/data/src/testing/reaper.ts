import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('reaper.mjs', import.meta.url));

/** Sees to it that a server of a test does not outlive the tests, however they end. Resolves when it is called off. */
export function reap(pid: number, folder: string): () => Promise<void> {
  const child = spawn(process.execPath, [program, String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.unref();
  return async () => {
    child.kill('SIGKILL');
    await ended;
  };
}
