import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const build = fileURLToPath(new URL('../build.mjs', import.meta.url));

test('what is published is one small module with types, which imports nothing', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-client-'));
  try {
    const { stdout } = await run(process.execPath, [build, '--outdir', folder]);
    const [, gzipped] = /(\d+) with gzip/.exec(stdout)!;
    expect(Number(gzipped)).toBeLessThan(4_500);

    const code = await readFile(path.join(folder, 'index.js'), 'utf8');
    expect(code).not.toMatch(/\bimport\b|\brequire\(/);
    const named = `import * as client from ${JSON.stringify(pathToFileURL(path.join(folder, 'index.js')).href)};`;
    const listing = `${named} console.log(Object.keys(client).sort().join());`;
    const { stdout: names } = await run(process.execPath, ['--input-type=module', '--eval', listing]);
    expect(names.trim().split(',')).toEqual(expect.arrayContaining(['ask', 'follow', 'request', 'startSession']));

    const { exports, name } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
      name: string;
      exports: Record<string, Record<string, string>>;
    };
    expect(name).toBe('@supportgraph/client');
    for (const file of Object.values(exports['.']!))
      expect((await stat(path.join(folder, file))).size).toBeGreaterThan(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
