import { readOutboxState } from '@supportgraph/data';
import type { Running } from '@supportgraph/kernel';
import type { Subgraph } from '@supportgraph/subgraph';
import { startAdmin } from './admin.js';
import { type Closing, opening } from './closing.js';
import type { Config } from './config.js';
import { startGateway } from './gateway.js';
import { type ApiKeys, openApiKeys } from './guard/apiKeys.js';
import type { EdgeStore } from './guard/edge/edgeStore.js';
import { memoryEdge } from './guard/edge/memoryEdge.js';
import { redisEdge } from './guard/edge/redisEdge.js';
import { openIdentity } from './guard/identity.js';
import { type Health, healthChecks, watchHealth } from './health.js';
import { type Host, startHost } from './host.js';
import { openMetrics } from './metrics.js';
import { openResources, type ResourceOptions, type Resources } from './resources.js';

export interface PlatformOptions extends ResourceOptions {
  supergraphSdl: string;
  /** Folder with the built web pages; null for none. */
  webFolder: string | null;
  /** The documents of those pages by `sha256:…`. @default none */
  trustedDocuments?: Readonly<Record<string, string>>;
  makeSubgraphs(resources: Resources, config: Config): Subgraph[];
}

/** A process of the platform, running. */
export interface Platform extends Running, Pick<Host, 'gatewayUrl' | 'subgraphUrls'> {
  adminUrl: string;
}

/**
 * Starts what the settings say. Health is served first, so that it can be watched while the rest starts.
 * `stop` first says that the process is no longer ready, then ends everything in reverse order.
 */
export function startPlatform(config: Config, options: PlatformOptions): Promise<Platform> {
  return opening(async (opened) => {
    const metrics = openMetrics();
    let health = (): Promise<Health> => Promise.resolve({ status: 'starting', checks: {} });
    const { adminPort: port, listenAddress } = config;
    const admin = await startAdmin({ port, host: listenAddress, health: () => health(), metrics });
    opened.add(() => admin.stop());

    const resources = await openResources(config, options);
    opened.add(() => resources.close());
    metrics.watchOutbox(() => readOutboxState(resources.db));
    const host = await startHost({
      config,
      subgraphs: options.makeSubgraphs(resources, config),
      internalSecret: resources.secrets.internalSecret,
      supergraphSdl: options.supergraphSdl,
      through: metrics.metered,
      log: options.log,
      startGateway: (connections) => {
        const { apiKeys, store } = openEdge(config, resources, opened);
        return startGateway({
          supergraphSdl: options.supergraphSdl,
          connections,
          identity: openIdentity({ ...config.auth, ...resources.secrets, apiKeys }),
          store,
          tally: metrics.tally,
          config: gatewayConfig(config, options),
          log: options.log,
        });
      },
    });
    opened.add(() => host.stop());

    health = watchHealth(healthChecks(resources));
    const { gatewayUrl, subgraphUrls } = host;
    const stop = async () => {
      health = () => Promise.resolve({ status: 'draining', checks: {} });
      await opened.close();
    };
    return { adminUrl: admin.url, gatewayUrl, subgraphUrls, stop };
  });
}

/** What the gateway's edge keeps: who has which key, and rates. Every process has the database, also a gateway that hosts no subgraph. */
function openEdge(
  { redisUrl }: Config,
  { db, log }: Resources,
  opened: Closing,
): { apiKeys: ApiKeys; store: EdgeStore } {
  const apiKeys = openApiKeys({ db, log });
  opened.add(() => apiKeys.stop());
  const store = redisUrl ? redisEdge({ url: redisUrl, log }) : memoryEdge();
  opened.add(() => store.close());
  return { apiKeys, store };
}

function gatewayConfig(config: Config, { webFolder, trustedDocuments }: PlatformOptions) {
  const drainMs = config.drainMs / 2;
  const { webSocket, http, ...edge } = config.edge;
  return {
    ...edge,
    port: config.port,
    host: config.listenAddress,
    corsOrigins: config.corsOrigins,
    introspection: config.introspection,
    deadlineMs: config.timeouts.requestMs,
    webFolder,
    trustedDocuments,
    execution: { subgraphMs: config.timeouts.subgraphMs },
    webSocket: { ...webSocket, drainMs },
    http: { ...http, drainMs },
  };
}
