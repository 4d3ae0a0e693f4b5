import type { Conversation, HandoffRecord } from '@supportgraph/conversation';
import type { Viewer } from '@supportgraph/kernel';
import DataLoader from 'dataloader';

/** What one request reads by id: each once, in batches, as the viewer may see it. */
export interface Loaders {
  handoff: DataLoader<string, HandoffRecord | null>;
  /** The handoff under way, by session. */
  currentOf: DataLoader<string, HandoffRecord | null>;
  /** All handoffs, oldest first, by session. */
  allOf: DataLoader<string, HandoffRecord[]>;
}

/** Fresh loaders for one request. */
export function makeLoaders({ handoffs }: Pick<Conversation, 'handoffs'>, viewer: Viewer): Loaders {
  return {
    handoff: new DataLoader((ids) => handoffs.load(viewer, ids)),
    currentOf: new DataLoader((ids) => handoffs.loadCurrent(viewer, ids)),
    allOf: new DataLoader((ids) => handoffs.loadAll(viewer, ids)),
  };
}
