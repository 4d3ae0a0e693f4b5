import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';
import * as documents from './src/api/documents.js';

/** The documents of the pages by `sha256:…`, as a gateway takes them that is to know its own pages. */
export const trustedDocuments: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(documents).map((text) => [`sha256:${createHash('sha256').update(text).digest('hex')}`, text]),
);

/** Writes them beside the pages, where nobody can fetch them. */
export function writeTrustedDocuments(): Plugin {
  let file: string;
  return {
    name: 'trusted-documents',
    apply: 'build',
    configResolved: ({ root, build }) => {
      file = path.resolve(root, build.outDir, '../trustedDocuments.json');
    },
    async writeBundle() {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(trustedDocuments));
    },
  };
}
