import { createHash } from 'node:crypto';
import type { Viewer } from '@supportgraph/kernel';
import { codedError } from '@supportgraph/subgraph';
import type { GraphQLError } from 'graphql';
import type { EdgeStore } from './edge/edgeStore.js';

/*
 * Where the text of an operation comes from: it is sent, or named by its SHA-256. Documents of our own pages are trusted:
 * they were written down when the pages were built, and are known by `documentId: "sha256:…"`, or by their text. Others
 * are kept when a client sends text and hash together (automatic persisted queries), for all gateways.
 */

/** How a request names its document; at least one is not null. */
export interface DocumentSource {
  query: string | null;
  /** `sha256:` and the hash of a trusted document. */
  documentId: string | null;
  /** Hash of an automatic persisted query. */
  sha256: string | null;
}

export type FoundText = { ok: true; text: string; /** To be called when the text is valid. */ keep(): void } | Refusal;
type Refusal = { ok: false; errors: readonly GraphQLError[] };

export interface Texts {
  find(source: DocumentSource, viewer: Viewer): Promise<FoundText>;
  isTrusted(text: string): boolean;
}

export interface TextsOptions {
  /** Texts of our own pages by `sha256:…`. */
  trusted: Readonly<Record<string, string>>;
  store: Pick<EdgeStore, 'findDocument' | 'keepDocument'>;
  /** Who may send documents that are not trusted. */
  freeDocuments: FreeDocuments;
}

export const freeDocumentsOptions = ['everyone', 'partners'] as const;
export type FreeDocuments = (typeof freeDocumentsOptions)[number];

/** Makes {@link Texts}. */
export function openTexts({ trusted, store, freeDocuments }: TextsOptions): Texts {
  const trustedTexts = new Set(Object.values(trusted));
  const mayBeFree = ({ role }: Viewer) => freeDocuments === 'everyone' || role === 'PARTNER';
  const found = (text: string, keep = () => {}): FoundText => ({ ok: true, text, keep });

  return {
    isTrusted: (text) => trustedTexts.has(text),

    async find({ query, documentId, sha256 }, viewer) {
      if (documentId !== null) {
        return Object.hasOwn(trusted, documentId) ? found(trusted[documentId]!) : refuse('PERSISTED_QUERY_NOT_FOUND');
      }
      if (query !== null && trustedTexts.has(query)) return found(query);
      if (!mayBeFree(viewer)) return refuse('PERSISTED_QUERY_ONLY');
      if (sha256 === null) return found(query!); // One of the three is there.
      if (query === null) {
        const kept = await store.findDocument(sha256);
        return kept === null ? refuse('PERSISTED_QUERY_NOT_FOUND') : found(kept);
      }
      if (hashOf(query) !== sha256) return refuse('BAD_REQUEST', 'The hash is not the one of the query.');
      return found(query, () => store.keepDocument(sha256, query));
    },
  };
}

/** The hash by which a document is known. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function refuse(...error: Parameters<typeof codedError>): Refusal {
  return { ok: false, errors: [codedError(...error)] };
}
