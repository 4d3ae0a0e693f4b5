import type { Conversation, MessageRecord, SessionRecord } from '@supportgraph/conversation';
import type { Viewer } from '@supportgraph/kernel';
import DataLoader from 'dataloader';
import type { AuditRecord } from '@supportgraph/data';
import type { ApiClients } from '../apiClients.js';
import type { AuditLog } from '../auditLog.js';
import type { ApiClientRecord } from '../domain/apiClient.js';

/** What one request reads by id: each once, in batches, as the viewer may see it. */
export interface Loaders {
  session: DataLoader<string, SessionRecord | null>;
  message: DataLoader<string, MessageRecord | null>;
  apiClient: DataLoader<string, ApiClientRecord | null>;
  auditEvent: DataLoader<string, AuditRecord | null>;
}

/** Fresh loaders for one request. */
export function makeLoaders(
  { conversation, apiClients, audit }: { conversation: Conversation; apiClients: ApiClients; audit: AuditLog },
  viewer: Viewer,
): Loaders {
  return {
    session: new DataLoader((ids) => conversation.sessions.load(viewer, ids)),
    message: new DataLoader((ids) => conversation.messages.load(viewer, ids)),
    apiClient: new DataLoader((ids) => apiClients.load(viewer, ids)),
    auditEvent: new DataLoader((ids) => audit.load(viewer, ids)),
  };
}
