import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, posix } from 'node:path';

/** The web pages: files that are read once at the start and served from memory, so that no path of a request reaches the disk. */
export interface StaticFiles {
  /** Answers if there is a file for the request; says whether it did. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): boolean;
}

interface StaticFile {
  body: Buffer;
  headers: Record<string, string>;
  etag: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Only our own files, no inline code, no frames. `'self'` covers WebSockets to the same host. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Reads the files of a folder; without one there are none. */
export async function readStaticFiles(folder: string | null): Promise<StaticFiles> {
  const names = folder ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  const files = new Map<string, StaticFile>();
  for (const entry of names.filter((name) => name.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const path = `/${file.slice(folder!.length).split(/[\\/]/).filter(Boolean).join('/')}`;
    for (const alias of pathsOf(path)) files.set(alias, staticFile(path, await readFile(file)));
  }

  return {
    answer(request, response, path) {
      const file = files.get(path);
      if (!file) return false;
      if (request.headers['if-none-match'] === file.etag) {
        response.writeHead(304, { etag: file.etag }).end();
        return true;
      }
      response.writeHead(200, file.headers);
      response.end(request.method === 'HEAD' ? undefined : file.body);
      return true;
    },
  };
}

/** Where a file is found: `/index.html` also at `/`, `/inbox.html` also at `/inbox`. */
function pathsOf(path: string): string[] {
  if (!path.endsWith('.html')) return [path];
  const page = path.slice(0, -'.html'.length);
  return posix.basename(page) === 'index' ? [path, posix.dirname(page)] : [path, page];
}

function staticFile(path: string, body: Buffer): StaticFile {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  // Vite puts a hash of the content into the names of assets.
  const cacheControl = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return {
    body,
    etag,
    headers: {
      'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream',
      'content-length': String(body.byteLength),
      'cache-control': cacheControl,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      etag,
    },
  };
}
