import type { Conversation, MessageRecord, SessionRecord } from '@supportgraph/conversation';
import type { Viewer } from '@supportgraph/kernel';
import DataLoader from 'dataloader';
import type { ApiClients } from '../apiClients.js';
import type { ApiClientRecord } from '../domain/apiClient.js';

/** What one request reads by id: each once, in batches, as the viewer may see it. */
export interface Loaders {
  session: DataLoader<string, SessionRecord | null>;
  message: DataLoader<string, MessageRecord | null>;
  apiClient: DataLoader<string, ApiClientRecord | null>;
}

/** Fresh loaders for one request. */
export function makeLoaders(
  { conversation, apiClients }: { conversation: Conversation; apiClients: ApiClients },
  viewer: Viewer,
): Loaders {
  return {
    session: new DataLoader((ids) => conversation.sessions.load(viewer, ids)),
    message: new DataLoader((ids) => conversation.messages.load(viewer, ids)),
    apiClient: new DataLoader((ids) => apiClients.load(viewer, ids)),
  };
}
