import type { Logger, Running } from '@supportgraph/kernel';
import { buildService, serve, type Service, type Subgraph } from '@supportgraph/subgraph';
import { type EnumTypeDefinitionNode, Kind, parse } from 'graphql';
import { type Closing, opening } from './closing.js';
import type { Config } from './config.js';
import type { Connection } from './connection/connection.js';
import { httpConnection } from './connection/http.js';
import { localConnection } from './connection/local.js';
import type { Gateway } from './gateway.js';
import { isWhole, type SubgraphName, subgraphNames } from './services.js';

export interface HostOptions {
  config: Config;
  /** Every subgraph, whether hosted here or not. */
  subgraphs: readonly Subgraph[];
  /** Shared by the gateway and the subgraphs. */
  internalSecret: string;
  supergraphSdl: string;
  /** Starts the gateway over these connections. */
  startGateway(connections: readonly Connection[]): Promise<Gateway>;
  /** What every connection of the gateway goes through, for example to be measured. */
  through(connection: Connection): Connection;
  log: Logger;
}

/** The services of this process, running. */
export interface Host extends Running {
  /** Null if the gateway is not hosted here. */
  gatewayUrl: string | null;
  /** Where the subgraphs that are hosted here are served; empty if this process is the whole platform. */
  subgraphUrls: Partial<Record<SubgraphName, string>>;
}

/**
 * Runs the services that this process hosts. The gateway reaches a subgraph that is hosted beside it through a local
 * connection and the others over HTTP; nothing above this file can tell which.
 */
export function startHost(options: HostOptions): Promise<Host> {
  return opening(async (opened) => {
    const { config, subgraphs, startGateway } = options;
    const hosted = subgraphs.filter(({ name }) => (config.hosted.subgraphs as readonly string[]).includes(name));
    const services = hosted.map((subgraph) => buildService(subgraph));
    await startWorkers(hosted, opened);
    const subgraphUrls = isWhole(config.hosted) ? {} : await serveAll(services, options, opened);
    if (!config.hosted.gateway) return { gatewayUrl: null, subgraphUrls, stop: () => opened.close() };
    const gateway = await startGateway(connectAll(services, options, opened));
    opened.add(() => gateway.stop());
    return { gatewayUrl: gateway.url, subgraphUrls, stop: () => opened.close() };
  });
}

async function startWorkers(hosted: readonly Subgraph[], opened: Closing): Promise<void> {
  const running: Running[] = [];
  // All at once, as each may wait for a job that is under way.
  opened.add(() => Promise.all(running.map((worker) => worker.stop())));
  for (const start of hosted.flatMap(({ workers = [] }) => workers)) running.push(await start());
}

async function serveAll(
  services: readonly Service[],
  { config, internalSecret, log }: HostOptions,
  opened: Closing,
): Promise<Host['subgraphUrls']> {
  const urls: Host['subgraphUrls'] = {};
  for (const name of config.hosted.subgraphs) {
    const service = services.find((each) => each.name === name)!; // `hosted` was chosen by these names.
    const port = config.subgraphPort && config.subgraphPort + subgraphNames.indexOf(name);
    const served = await serve(service, {
      port,
      host: config.listenAddress,
      internalSecret,
      log,
      drainMs: config.drainMs / 2,
    });
    opened.add(() => served.stop());
    urls[name] = served.url;
  }
  return urls;
}

function connectAll(services: readonly Service[], options: HostOptions, opened: Closing): Connection[] {
  const { config, internalSecret, supergraphSdl, through } = options;
  const routes = routingUrls(supergraphSdl);
  // The executor gives each request a shorter time where it can.
  const timeoutMs = config.timeouts.requestMs;
  return subgraphNames.map((name) => {
    const service = services.find((each) => each.name === name);
    if (service) return through(localConnection(service, { timeoutMs }));
    const url = config.subgraphUrls[name] ?? routes.get(name);
    if (!url) throw new Error(`The supergraph has no subgraph ${name}.`);
    const connection = httpConnection({ name, url, internalSecret, timeoutMs });
    opened.add(() => connection.close());
    return through(connection);
  });
}

/** The routing URLs of supergraph.yaml, as the composed schema has them. */
export function routingUrls(supergraphSdl: string): Map<string, string> {
  const isGraphs = (node: { kind: string }): node is EnumTypeDefinitionNode =>
    node.kind === Kind.ENUM_TYPE_DEFINITION && (node as EnumTypeDefinitionNode).name.value === 'join__Graph';
  const values = parse(supergraphSdl, { noLocation: true }).definitions.find(isGraphs)?.values ?? [];
  const entries = values.map(({ directives = [] }) => {
    const given = directives.find(({ name }) => name.value === 'join__graph')?.arguments ?? [];
    const text = (wanted: string) => {
      const value = given.find(({ name }) => name.value === wanted)?.value;
      return value?.kind === Kind.STRING ? value.value : '';
    };
    return [text('name'), text('url')] as const;
  });
  return new Map(entries);
}
