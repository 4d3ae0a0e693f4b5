/*
 * An operation in the fragment of a link, which browsers do not send: no server, proxy or log learns what was shared.
 * It is JSON, deflated, in base64url, after a number that says so. Nothing of the caller's credentials is in it.
 */

/** What a link carries. */
export interface SharedOperation {
  query: string;
  /** As they were typed. */
  variables: string;
  operationName: string | null;
}

export type OpenedLink =
  { kind: 'none' } | { kind: 'operation'; operation: SharedOperation } | { kind: 'broken'; message: string };

const mark = '1.';
/** What the gateway takes, and so what is worth sharing, in bytes. */
const mostBytes = 102_400;
/** What browsers and chat programs carry without cutting it, in characters. */
const mostCharacters = 32_000;

const broken = (message: string): OpenedLink => ({ kind: 'broken', message });

/** The fragment for an operation, with its `#`; null if it is too long for a link. */
export async function shareFragment({ query, variables, operationName }: SharedOperation): Promise<string | null> {
  const bytes = new TextEncoder().encode(JSON.stringify({ query, variables, operationName }));
  if (bytes.byteLength > mostBytes) return null;
  const fragment = `#${mark}${base64url(await collect(pipe(bytes, new CompressionStream('deflate-raw'))))}`;
  return fragment.length > mostCharacters ? null : fragment;
}

/** Reads the fragment of a link. Never rejects: whatever it holds, somebody else may have made it. */
export async function readFragment(fragment: string): Promise<OpenedLink> {
  const text = fragment.replace(/^#/, '');
  if (!text) return { kind: 'none' };
  if (text.length > mostCharacters) return broken('This link is too long. Nothing was opened.');
  if (!text.startsWith(mark)) return broken('This link is not one of the explorer. Nothing was opened.');
  try {
    const packed = bytesOf(text.slice(mark.length));
    const bytes = await collect(pipe(packed, new DecompressionStream('deflate-raw')));
    const operation = operationIn(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    if (operation) return { kind: 'operation', operation };
  } catch (error) {
    if (error instanceof TooLarge) return broken('What this link holds is too large. Nothing was opened.');
    // Cut off or changed on the way: base64, the deflated bytes, UTF-8 or JSON do not hold.
  }
  return broken('This link is damaged, perhaps cut off. Nothing was opened.');
}

function operationIn(value: unknown): SharedOperation | null {
  if (typeof value !== 'object' || value === null) return null;
  const { query, variables, operationName } = value as Record<keyof SharedOperation, unknown>;
  if (typeof query !== 'string' || typeof variables !== 'string') return null;
  return { query, variables, operationName: typeof operationName === 'string' ? operationName : null };
}

class TooLarge extends Error {}

function pipe(bytes: Uint8Array<ArrayBuffer>, through: GenericTransformStream): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(through as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>);
}

/** A small link can unfold to gigabytes, so that it is counted while it unfolds. */
async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > mostBytes) {
      void reader.cancel();
      throw new TooLarge();
    }
    chunks.push(read.value);
  }
  const all = new Uint8Array(size);
  chunks.reduce((at, chunk) => (all.set(chunk, at), at + chunk.byteLength), 0);
  return all;
}

function base64url(bytes: Uint8Array): string {
  const binary = [...bytes].map((byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
