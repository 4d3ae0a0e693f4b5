import { defineConfig } from 'vite';
import { writeTrustedDocuments } from './trustedDocuments.js';

// The gateway serves `dist/web` and its Content-Security-Policy forbids everything inline: so nothing is inlined here.
export default defineConfig({
  plugins: [writeTrustedDocuments()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
});
