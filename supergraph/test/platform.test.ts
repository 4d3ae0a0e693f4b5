import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { composeServices } from '@apollo/composition';
import { testDatabase, type TestDatabase, testRedis, type TestRedis } from '@supportgraph/data/testing';
import { silent } from '@supportgraph/kernel';
import { codedError, type Subgraph } from '@supportgraph/subgraph';
import { parse } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { rootFolder } from '../src/folders.js';
import { type Platform, startPlatform } from '../src/platform.js';
import { subgraphNames } from '../src/services.js';

const secret = 's'.repeat(32);
const migrations = path.join(rootFolder(), 'prisma/migrations');
let database: TestDatabase;
let redis: TestRedis;
let dataDir: string;
const running: Platform[] = [];

beforeAll(async () => {
  [database, redis, dataDir] = await Promise.all([
    testDatabase(),
    testRedis(),
    mkdtemp(path.join(tmpdir(), 'supportgraph-')),
  ]);
});
afterEach(async () => {
  for (const platform of running.splice(0).reverse()) await platform.stop();
});
afterAll(async () => {
  await Promise.all([database.drop(), redis.stop(), rm(dataDir, { recursive: true })]);
});

/** Seven small subgraphs under the names of the real ones; `things` lead from one to the others. */
function smallSubgraph(name: string, changes: Partial<Subgraph> = {}): Subgraph {
  return {
    name,
    sdl: /* GraphQL */ `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"])
      type Query {
        ${name}: Thing
        ${name}Fails: String
        ${name}Refuses: String
      }
      type Thing @key(fields: "id") {
        id: ID!
        ${name}Says: String
      }
    `,
    resolvers: {
      Query: {
        [name]: () => ({ id: name }),
        [`${name}Fails`]: () => Promise.reject(new Error('postgres.internal:5432 refused')),
        [`${name}Refuses`]: () => Promise.reject(codedError('FORBIDDEN')),
      },
      Thing: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        [`${name}Says`]: ({ id }: { id: string }, _: unknown, { request }: ReturnType<Subgraph['context']>) =>
          `${name} to ${id} in ${request.language}`,
      },
    },
    context: (request) => ({ request }),
    ...changes,
  };
}
const small = subgraphNames.map((name) => smallSubgraph(name));

const { supergraphSdl } = composeServices(
  small.map(({ name, sdl }, i) => ({ name, url: `http://localhost:${4001 + i}/graphql`, typeDefs: parse(sdl) })),
);

interface Start {
  args?: string[];
  env?: Record<string, string>;
  subgraphs?: Subgraph[];
}
async function start({ args = [], env = {}, subgraphs = small }: Start = {}): Promise<Platform> {
  const ports = { PORT: '0', ADMIN_PORT: '0', SUBGRAPH_PORT: '0' };
  const shared = { DATA_DIR: dataDir, DATABASE_URL: database.url, DRAIN_MS: '4000', DATABASE_POOL_SIZE: '3' };
  const platform = await startPlatform(readConfig({ ...ports, ...shared, ...env }, args), {
    log: silent,
    migrations,
    playbooks: new Map(),
    seed: () => Promise.resolve(),
    supergraphSdl: supergraphSdl!,
    webFolder: null,
    makeSubgraphs: () => subgraphs,
  });
  running.push(platform);
  return platform;
}

async function ask({ gatewayUrl }: Platform, query: string) {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'zh-TW' },
    body: JSON.stringify({ query }),
  });
  type Answer = { data?: unknown; errors?: { extensions: Record<string, unknown> }[]; extensions?: object };
  const { extensions: _, ...answer } = (await response.json()) as Answer;
  return answer;
}
async function health({ adminUrl }: Platform) {
  const response = await fetch(`${adminUrl}/readyz`);
  return { status: response.status, body: (await response.json()) as object };
}

const shared = () => ({ REDIS_URL: redis.url, INTERNAL_SECRET: secret, SESSION_SECRET: secret });
const urlsOf = ({ subgraphUrls }: Platform) =>
  Object.fromEntries(Object.entries(subgraphUrls).map(([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url]));

const hostings: Record<string, () => Promise<Platform>> = {
  'one process': () => start(),
  'a gateway beside some subgraphs': async () => {
    const rest = await start({ args: ['--host=faq,handoff,orders,refunds,techsupport'], env: shared() });
    return start({ args: ['--host=gateway,router,sessions'], env: { ...shared(), ...urlsOf(rest) } });
  },
  'a gateway alone': async () => {
    const rest = await start({ args: [`--host=${subgraphNames.join(',')}`], env: shared() });
    return start({ args: ['--host=gateway'], env: { ...shared(), ...urlsOf(rest) } });
  },
};

describe.each(Object.keys(hostings))('hosted as %s', (hosting) => {
  test('data is joined from all subgraphs and errors are typed, the same as in any other hosting', async () => {
    const platform = await hostings[hosting]!();
    const says = subgraphNames.map((name) => `${name}Says`).join(' ');
    expect(await ask(platform, `{ orders { ${says} } router { ${says} } }`)).toEqual({
      data: {
        orders: Object.fromEntries(subgraphNames.map((name) => [`${name}Says`, `${name} to orders in zh-Hant`])),
        router: Object.fromEntries(subgraphNames.map((name) => [`${name}Says`, `${name} to router in zh-Hant`])),
      },
    });
    const broken = await ask(platform, '{ faqFails routerFails ordersRefuses sessionsRefuses }');
    expect(broken.data).toEqual({ faqFails: null, routerFails: null, ordersRefuses: null, sessionsRefuses: null });
    const codes = broken.errors!.map(({ extensions }) => extensions['code']).sort();
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR', 'INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(broken)).not.toContain('5432');
  });
});

test('a subgraph that is away takes only its own fields with it', async () => {
  const rest = await start({ args: ['--host=faq'], env: shared() });
  const gateway = await start({
    args: ['--host=gateway,handoff,orders,refunds,router,sessions,techsupport'],
    env: { ...shared(), ...urlsOf(rest) },
  });
  await running.splice(running.indexOf(rest), 1)[0]!.stop();
  const response = await ask(gateway, '{ orders { ordersSays faqSays } }');
  expect(response.data).toEqual({ orders: { ordersSays: 'orders to orders in zh-Hant', faqSays: null } });
  expect(response.errors).toMatchObject([{ extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } }]);
});

test('health says what is away: without Redis the process is degraded, without the database it is not ready', async () => {
  const own = await testDatabase();
  const platform = await start({ env: { REDIS_URL: redis.url, DATABASE_URL: own.url } });
  // The connection to Redis may still be on its way.
  await expect
    .poll(() => health(platform), { timeout: 10_000 })
    .toEqual({
      status: 200,
      body: { status: 'ready', checks: { database: 'ok', eventLog: 'ok' } },
    });
  await redis.kill();
  await expect
    .poll(() => health(platform), { timeout: 10_000 })
    .toEqual({
      status: 200,
      body: { status: 'degraded', checks: { database: 'ok', eventLog: 'away' } },
    });
  await redis.start();
  await own.drop();
  await expect
    .poll(() => health(platform), { timeout: 15_000 })
    .toEqual({
      status: 503,
      body: { status: 'unavailable', checks: { database: 'away', eventLog: 'ok' } },
    });
  expect((await fetch(`${platform.adminUrl}/livez`)).status).toBe(200);
});

test('what subgraphs are asked is counted', async () => {
  const platform = await start();
  await ask(platform, '{ faq { faqSays } ordersRefuses }');
  const text = await (await fetch(`${platform.adminUrl}/metrics`)).text();
  expect(text).toContain('supportgraph_subgraph_request_seconds_count{subgraph="faq",outcome="ok"} 1');
  expect(text).toContain('supportgraph_subgraph_request_seconds_count{subgraph="orders",outcome="FORBIDDEN"} 1');
  expect(text).toContain('process_cpu_seconds_total');
});

test('workers run where their subgraph is hosted, and stopping waits for them, not ready meanwhile', async () => {
  const events: string[] = [];
  let release = () => {};
  const working = (name: string) =>
    smallSubgraph(name, {
      workers: [
        () => {
          events.push(`${name} works`);
          return {
            stop: async () => {
              await new Promise<void>((resolve) => (release = resolve));
              events.push(`${name} stopped`);
            },
          };
        },
      ],
    });
  const subgraphs = subgraphNames.map((name) =>
    name === 'faq' || name === 'orders' ? working(name) : smallSubgraph(name),
  );
  const platform = await start({ args: ['--host=faq,router'], env: shared(), subgraphs });
  expect(events).toEqual(['faq works']);

  running.splice(running.indexOf(platform), 1);
  const stopped = platform.stop();
  await expect.poll(() => health(platform)).toMatchObject({ status: 503, body: { status: 'draining' } });
  await expect
    .poll(() =>
      fetch(platform.subgraphUrls.router!).then(
        () => 'open',
        () => 'closed',
      ),
    )
    .toBe('closed');
  release();
  await stopped;
  expect(events).toEqual(['faq works', 'faq stopped']);
  await expect(fetch(platform.adminUrl)).rejects.toThrow();
});

test('a start that fails leaves nothing open', async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  const adminOnly = createServer().listen(0);
  await once(adminOnly, 'listening');
  const adminPort = (adminOnly.address() as AddressInfo).port;
  adminOnly.close();
  await once(adminOnly, 'close');
  const taken = String((other.address() as AddressInfo).port);
  await expect(start({ env: { PORT: taken, ADMIN_PORT: String(adminPort) } })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await expect(fetch(`http://localhost:${adminPort}/livez`)).rejects.toThrow();
  other.close();
});
