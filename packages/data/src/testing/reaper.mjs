// Started beside a test server, with a pipe for stdin: when the pipe closes, because the tests ended in whatever way,
// it stops the server and removes its folder. Arguments: the server's process or a file that names it, and the folder.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers';

const [server, folder] = process.argv.slice(2);

function pidOf() {
  if (/^\d+$/.test(server)) return Number(server);
  return existsSync(server) ? Number(readFileSync(server, 'utf8').split('\n')[0]) : 0;
}

/** False once there is nobody to signal. */
function signal(name) {
  const pid = pidOf();
  try {
    return pid > 0 && process.kill(pid, name);
  } catch {
    return false;
  }
}

function removeFolder(tries) {
  if (signal(0) && tries > 0) return void setTimeout(removeFolder, 50, tries - 1);
  signal('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

// Ctrl-C reaches the whole group of the terminal; the pipe says when it is our turn.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);
process.stdin.resume().on('close', () => {
  signal('SIGINT');
  removeFolder(100);
});
