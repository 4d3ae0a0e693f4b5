import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that has `supergraph.yaml`, above the sources as well as above the bundle. */
export function rootFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'supergraph.yaml'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The folder with supergraph.yaml is not above the program.');
    folder = parent;
  }
  return folder;
}
