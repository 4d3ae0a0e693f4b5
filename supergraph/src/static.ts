import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** The web pages: files that are read once at the start and served from memory, so that no path of a request reaches the disk. */
export interface StaticFiles {
  /** Answers if there is a file for the request; says whether it did. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): boolean;
}

interface StaticFile {
  /** The file as somebody accepts it: compressed when it is first asked for, and kept. */
  as(encoding: Encoding): Promise<EncodedFile>;
  /** The encodings that it may be sent in, the smallest first and the plain one, which everybody accepts, last. */
  encodings: readonly Encoding[];
}

type Encoding = 'br' | 'gzip' | 'identity';

interface EncodedFile {
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
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Only our own files, no inline code, no frames. `'self'` covers WebSockets to the same host. */
const usualPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** Pages that need more. */
const policies: Readonly<Record<string, object>> = {
  // Its editor (Monaco) works in workers, and writes where each line stands and its colours as inline styles.
  '/explorer.html': { ...usualPolicy, 'style-src': "'self' 'unsafe-inline'", 'worker-src': "'self'" },
};

/** Reads the files of a folder; without one there are none. */
export async function readStaticFiles(folder: string | null): Promise<StaticFiles> {
  const names = folder ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  const files = new Map<string, StaticFile>();
  for (const entry of names.filter((name) => name.isFile())) {
    const name = join(entry.parentPath, entry.name);
    const path = `/${name.slice(folder!.length).split(/[\\/]/).filter(Boolean).join('/')}`;
    const file = staticFile(path, await readFile(name));
    for (const alias of pathsOf(path)) files.set(alias, file);
  }

  return {
    answer(request, response, path) {
      const file = files.get(path);
      if (!file) return false;
      void send(file, request, response);
      return true;
    },
  };
}

async function send(file: StaticFile, { method, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  const accepted = String(headers['accept-encoding'] ?? '');
  const encoding = file.encodings.find((each) => accepts(accepted, each)) ?? 'identity';
  const found = await file.as(encoding);
  if (headers['if-none-match'] === found.etag) {
    response.writeHead(304, { etag: found.etag, vary: 'accept-encoding' }).end();
    return;
  }
  response.writeHead(200, found.headers);
  response.end(method === 'HEAD' ? undefined : found.body);
}

/** Where a file is found: `/index.html` also at `/`, `/inbox.html` also at `/inbox`. */
function pathsOf(path: string): string[] {
  if (!path.endsWith('.html')) return [path];
  const page = path.slice(0, -'.html'.length);
  return posix.basename(page) === 'index' ? [path, posix.dirname(page)] : [path, page];
}

function accepts(header: string, encoding: Encoding): boolean {
  return header.split(',').some((entry) => {
    const [name, quality = ''] = entry.split(';');
    return name!.trim() === encoding && !/^\s*q=0(\.0*)?\s*$/.test(quality);
  });
}

/** Below this, compression saves no packet, in bytes. */
const worthCompressing = 1_400;
const brotli = promisify(brotliCompress);
/** Smaller than with gzip, and nearly as fast: the largest file (2.8 MB) takes 0.15 s; with 11, the default, 7 s (2026-11-26). */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const encoders: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => brotli(body, quality),
  gzip: promisify<Buffer, Buffer>(gzip),
  identity: (body) => Promise.resolve(body),
};

function staticFile(path: string, body: Buffer): StaticFile {
  const type = mediaTypes[extname(path)] ?? 'application/octet-stream';
  const isText = /^text|json|svg|ttf/.test(type);
  const encodings: Encoding[] = isText && body.byteLength >= worthCompressing ? ['br', 'gzip'] : [];
  const kept = new Map<Encoding, Promise<EncodedFile>>();
  return {
    encodings: [...encodings, 'identity'],
    as(encoding) {
      const known = kept.get(encoding);
      if (known) return known;
      const made = encoders[encoding](body).then((encoded) => encodedFile(path, type, encoding, encoded));
      kept.set(encoding, made);
      return made;
    },
  };
}

function encodedFile(path: string, type: string, encoding: Encoding, body: Buffer): EncodedFile {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  // Vite puts a hash of the content into the names of assets.
  const cacheControl = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const policy = Object.entries(policies[path] ?? usualPolicy);
  return {
    body,
    etag,
    headers: {
      'content-type': type,
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
      'content-length': String(body.byteLength),
      'cache-control': cacheControl,
      'content-security-policy': policy.map((rule) => rule.join(' ')).join('; '),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      vary: 'accept-encoding',
      etag,
    },
  };
}
