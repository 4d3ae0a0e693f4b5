// Bundles the workspaces into dist/supergraph.js; packages from npm stay outside.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Everything that is imported by name, but ours. */
const npmPackages = {
  name: 'npm-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@supportgraph/') ? undefined : { external: true },
    );
  },
};

await build({
  absWorkingDir: root,
  entryPoints: ['supergraph/src/main.ts'],
  outfile: 'dist/supergraph.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  loader: { '.graphql': 'text', '.md': 'text' },
  plugins: [npmPackages],
  logLevel: 'warning',
});
