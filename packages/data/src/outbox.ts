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

/** An event as it was written. */
export interface StoredEvent extends DomainEvent {
  id: string;
  occurredAt: Date;
}

/** NOTIFY when events were committed; a trigger of the table sends it. */
export const outboxChannel = 'platform_outbox';

/** Columns of {@link StoredEvent}, of the outbox `o`. */
export const eventColumns =
  'o.id, o.type, o.version, o.subject_id AS "subjectId", o.data, o.occurred_at AS "occurredAt"';

/** Writes an event in the transaction of its cause: it is published if and only if that is committed. */
export async function emit(tx: Tx, event: DomainEvent, now: Date): Promise<void> {
  await tx.outboxEvent.create({ data: { ...event, id: newId('evt', now.getTime()), occurredAt: now } });
}

/** An event inside a bigger statement: each part is SQL, `from` the rows that it is written for. */
export interface EventSql extends Record<'type' | 'version' | 'id' | 'subjectId' | 'data' | 'occurredAt', string> {
  from: string;
}

/** The same as {@link emit} for hot paths whose effect is one statement: the text of a `WITH` part of it. */
export function emitSql({ id, type, version, subjectId, data, occurredAt, from }: EventSql): string {
  return `INSERT INTO platform.outbox (id, type, version, subject_id, data, occurred_at)
    SELECT ${id}, ${type}, ${version}, ${subjectId}, ${data}, ${occurredAt} FROM ${from}`;
}
