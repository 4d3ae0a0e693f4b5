import { newId } from '@supportgraph/kernel';
import type { JsonObject } from './json.js';
import type { Tx } from './transaction.js';

/** Something that happened and that others may want to know. */
export interface DomainEvent {
  /** For example `order.cancelled`. */
  type: string;
  /** Version of the schema of `data`. */
  version: number;
  subjectId: string;
  data: JsonObject;
}

/** Writes an event in the transaction of its cause: it is published if and only if that is committed. */
export async function emit(tx: Tx, event: DomainEvent, now: Date): Promise<void> {
  await tx.outboxEvent.create({ data: { ...event, id: newId('evt', now.getTime()), occurredAt: now } });
}
