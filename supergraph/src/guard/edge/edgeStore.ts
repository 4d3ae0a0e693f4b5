import type { Demand, Taken } from './bucket.js';

/** What the replicas of a gateway share: rates, and documents that clients have sent once. Nothing rejects. */
export interface EdgeStore {
  /** Takes from buckets: all or nothing. */
  take(demands: readonly Demand[]): Promise<Taken>;
  /** The document with this SHA-256 (in hex); null if nobody has sent it, or it is forgotten. */
  findDocument(sha256: string): Promise<string | null>;
  /** Keeps a valid document. */
  keepDocument(sha256: string, text: string): void;
  close(): Promise<void>;
}
