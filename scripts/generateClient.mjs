// Runs `prisma generate` without its download: generating needs no engine, yet insists that a file is named as one.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
const { status } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    // Not an executable file, so that it cannot be mistaken for an engine that does nothing and exits with 0.
    PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, 'package.json'),
    CHECKPOINT_DISABLE: '1',
    ...process.env,
  },
});
process.exit(status ?? 1);
