// Started beside a test server, with a pipe for stdin: when the pipe closes, because the tests ended in whatever way,
// it stops the server and removes its folder.
import { existsSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers';

const [pidText, folder] = process.argv.slice(2);
const pid = Number(pidText);

/** False once there is nobody to signal. */
function signal(name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function removeFolder(tries) {
  if (signal(0) && tries > 0) return void setTimeout(removeFolder, 50, tries - 1);
  signal('SIGKILL');
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

// Ctrl-C reaches the whole group of the terminal; the pipe says when it is our turn.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);
process.stdin.resume().on('close', () => {
  signal('SIGINT');
  removeFolder(100);
});
