import { modelClient, offlineModel, offlineModels } from '@supportgraph/agent';
import { silent } from '@supportgraph/kernel';
import { triageOffline } from '../src/agent/offlineTriage.js';
import { localClassifier } from '../src/domain/localClassifier.js';
import { makeLikenessCache } from '../src/likenessCache.js';
import { messageRouting, type RouteMessage } from '../src/routeMessage.js';
import triagePrompt from '../triage.md';

/** Routing as the platform does it without a key: the same steps, with the offline model in the place of the small one. */
export function offlineRouting(): RouteMessage {
  const client = modelClient({ fetch: offlineModel(new Map([[triagePrompt, triageOffline]])) });
  return messageRouting({
    models: { client, names: offlineModels },
    classifier: localClassifier,
    cache: makeLikenessCache(),
    recordUse: () => {},
    log: silent,
  });
}
