import type { Conversation, MessageRecord, SessionRecord } from '@supportgraph/conversation';
import type { Viewer } from '@supportgraph/kernel';
import DataLoader from 'dataloader';

/** What one request reads by id: each once, in batches, as the viewer may see it. */
export interface Loaders {
  session: DataLoader<string, SessionRecord | null>;
  message: DataLoader<string, MessageRecord | null>;
}

/** Fresh loaders for one request. */
export function makeLoaders(conversation: Conversation, viewer: Viewer): Loaders {
  return {
    session: new DataLoader((ids) => conversation.sessions.load(viewer, ids)),
    message: new DataLoader((ids) => conversation.messages.load(viewer, ids)),
  };
}
