import { languageOf } from '@supportgraph/kernel';
import type { Channel, SessionRecord, SessionStatus } from '../records.js';

export interface SessionRow {
  id: string;
  status: SessionStatus;
  channel: Channel;
  language: string | null;
  title: string | null;
  customer_id: string | null;
  api_client_id: string | null;
  created_at: Date;
  updated_at: Date;
  closed_at: Date | null;
}

/** The columns of a session `s`. */
export const sessionColumns =
  's.id, s.status, s.channel, s.language, s.title, s.customer_id, s.api_client_id, s.created_at, s.updated_at, s.closed_at';

export function sessionOf(row: SessionRow): SessionRecord {
  return {
    id: row.id,
    status: row.status,
    channel: row.channel,
    language: languageOf(row.language),
    title: row.title,
    customerId: row.customer_id,
    apiClientId: row.api_client_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
  };
}
