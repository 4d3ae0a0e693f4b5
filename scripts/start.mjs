// `npm start`: builds what has changed, then runs it in this same process. `exec` in package.json makes it the one that npm sends its signals to.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (status !== 0) process.exit(status ?? 1);
await import('../dist/supergraph.js');
