import { backOffMs, type Network } from '@supportgraph/client';
import { readShop } from '../api/documents.js';
import type { Graph } from '../api/graph.js';
import type { ReadShopAnswer, Shop } from '../api/types.js';

/** Reads the shop until it can be read. Null if the signal aborts first. */
export async function readShopNow(graph: Graph, network: Network, signal: AbortSignal): Promise<Shop | null> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const asking = { accessToken: null, language: 'en', signal };
      return (await graph.run<ReadShopAnswer>(readShop, {}, asking)).shop;
    } catch {
      await network.pause(backOffMs(failures), signal);
    }
  }
  return null;
}
