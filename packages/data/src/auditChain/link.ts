import { createHash } from 'node:crypto';
import type { AuditEvent } from '../generated/prisma/client.js';
import { canonicalJson } from '../json.js';

/** What the first link follows. */
export const chainStart = Buffer.alloc(32);

/**
 * An audit event as one text: JSON with its properties in the order of their names, at every depth, without spaces;
 * times as ISO 8601 in UTC with milliseconds; what is not there as null. `storedAt` tells nothing of the deed and is left out.
 */
export function canonicalEvent({ storedAt: _, ...event }: AuditEvent): string {
  return canonicalJson(event);
}

/** SHA-256 over the hash before (32 bytes) and the event's text in UTF-8. */
export function linkHash(before: Uint8Array, event: AuditEvent): Buffer<ArrayBuffer> {
  return createHash('sha256').update(before).update(canonicalEvent(event)).digest() as Buffer<ArrayBuffer>;
}
