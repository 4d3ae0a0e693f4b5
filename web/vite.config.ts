import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { writeReference } from './schemaReference.js';
import { writeTrustedDocuments } from './trustedDocuments.js';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// The gateway serves `dist/web` and its Content-Security-Policy forbids everything inline: so nothing is inlined here.
export default defineConfig({
  plugins: [writeTrustedDocuments(), writeReference()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Their own modules load more when it is needed.
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: {
      checks: { moduleLevelDirective: false },
      input: ['index.html', 'reference.html', 'explorer.html'].map(page),
    },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
});
