// Makes the folder that is published, dist/: one ES module, its types, a package.json and the README. Says how large it is.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const home = fileURLToPath(new URL('.', import.meta.url));
const { values } = parseArgs({ options: { outdir: { type: 'string', default: path.join(home, 'dist') } } });
const outdir = path.resolve(values.outdir);
const run = promisify(execFile);

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });

await build({
  absWorkingDir: home,
  entryPoints: ['src/index.ts'],
  outfile: path.join(outdir, 'index.js'),
  bundle: true,
  platform: 'neutral',
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
});

// Not the wrapper in .bin, so that Windows can start it too.
const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
const options = ['--declaration', '--emitDeclarationOnly', '--outDir', outdir, '--rootDir', 'src', '--skipLibCheck'];
const target = ['--target', 'ES2022', '--module', 'ESNext', '--moduleResolution', 'bundler'];
const lib = ['--lib', 'ES2023,DOM,DOM.Iterable,DOM.AsyncIterable', '--strict', '--ignoreConfig'];
await run(process.execPath, [tsc, ...options, ...target, ...lib, 'src/index.ts'], { cwd: home });

const { name, version, license, type } = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8'));
const published = {
  ...{ name, version, license, type, description: 'Follows replies of a Supportgraph platform, and asks it.' },
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
  engines: { node: '>=20.3' },
  sideEffects: false,
};
await writeFile(path.join(outdir, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
await copyFile(path.join(home, 'README.md'), path.join(outdir, 'README.md'));

const code = await readFile(path.join(outdir, 'index.js'));
const { code: minified } = await build({
  stdin: { contents: code.toString(), loader: 'js' },
  minify: true,
  format: 'esm',
  target: 'es2022',
  write: false,
}).then(({ outputFiles }) => ({ code: outputFiles[0].contents }));
console.log(`@supportgraph/client: ${minified.byteLength} bytes minified, ${gzipSync(minified).byteLength} with gzip.`);
