import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultModels } from '@supportgraph/agent';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigError, readConfig, variableNames } from '../src/config.js';
import { openSecrets } from '../src/secrets.js';
import { subgraphNames } from '../src/services.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const secret = 's'.repeat(32);
const shared = {
  DATABASE_URL: 'postgresql://u:p@db/x',
  REDIS_URL: 'redis://redis',
  INTERNAL_SECRET: secret,
  SESSION_SECRET: secret,
};

function problemsOf(env: Record<string, string>, args: string[] = []): readonly string[] {
  try {
    readConfig(env, args);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('without any variable everything is hosted on embedded defaults', () => {
  expect(readConfig({}, [])).toMatchObject({
    hosted: { gateway: true, subgraphs: subgraphNames },
    port: 4000,
    adminPort: 4090,
    dataDir: '.data',
    databaseUrl: undefined,
    redisUrl: undefined,
    demoShop: true,
    introspection: true,
    logLevel: 'warn',
  });
});

test('an empty variable is the same as none', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', LOG_LEVEL: '' }, [])).toEqual(readConfig({}, []));
});

test('models are named in the order in which they are tried', () => {
  const { models } = readConfig(
    { MODELS_SMALL: ' claude-haiku-4-5 , eu.anthropic/claude-haiku-5-5@20261001,' },
    [],
  ).anthropic;
  expect(models).toEqual({ ...defaultModels, small: ['claude-haiku-4-5', 'eu.anthropic/claude-haiku-5-5@20261001'] });
  for (const wrong of [',', 'two words', 'a,"b"'])
    expect(problemsOf({ MODELS_LARGE: wrong })).toEqual(['MODELS_LARGE must be names of models, separated by commas.']);
});

test('all problems are reported together', () => {
  const env = {
    PORT: '70000',
    DATABASE_URL: 'mysql://db',
    INTERNAL_SECRET: 'short',
    LOG_LEVEL: 'loud',
    CORS_ORIGINS: 'https://shop.example/path',
    SUBGRAPH_URL_ORDERS: 'orders:4003',
    SUBGRAPH_URL_ORDRES: 'http://orders:4003/graphql',
  };
  expect(problemsOf(env, ['--host=gateway,orderz'])).toEqual([
    '--host has "orderz", which is none of all, gateway, faq, handoff, orders, refunds, router, sessions, techsupport.',
    'PORT must be a whole number from 0 to 65535.',
    'DATABASE_URL must begin with postgresql://.',
    'INTERNAL_SECRET must have at least 32 characters.',
    'CORS_ORIGINS must be a list of origins such as https://shop.example, or *.',
    'LOG_LEVEL must be one of debug, info, warn, error, silent.',
    'SUBGRAPH_URL_ORDERS must be a URL that begins with http:// or https://.',
    'SUBGRAPH_URL_ORDRES is for a subgraph that does not exist.',
  ]);
});

test('no problem repeats a value, which may be a secret', () => {
  const problems = problemsOf({ DATABASE_URL: 'mysql://root:hunter2@db', AUTH_JWT_SECRET: 'hunter2', PORT: 'hunter2' });
  expect(problems).toHaveLength(3);
  expect(problems.join()).not.toContain('hunter2');
});

test('a process that hosts a part says in one line what it needs', () => {
  expect(problemsOf({}, ['--host=gateway'])).toEqual([
    'A process that hosts a part of the platform needs DATABASE_URL, REDIS_URL, INTERNAL_SECRET, SESSION_SECRET.',
  ]);
  expect(problemsOf({ ...shared, REDIS_URL: '' }, ['--host=orders,refunds'])).toEqual([
    'A process that hosts a part of the platform needs REDIS_URL.',
  ]);
});

test.each([
  ['--host=all', { gateway: true, subgraphs: subgraphNames }],
  ['--host=gateway', { gateway: true, subgraphs: [] }],
  ['--host=refunds, orders', { gateway: false, subgraphs: ['orders', 'refunds'] }],
  ['--host=gateway,router', { gateway: true, subgraphs: ['router'] }],
])('%s is understood', (argument, hosted) => {
  expect(readConfig(shared, [argument]).hosted).toEqual(hosted);
});

test('an unknown argument is a problem', () => {
  expect(problemsOf({}, ['--hosts=all'])).toEqual([expect.stringContaining('--hosts')]);
});

test('time-outs must nest, and a token has one way to be verified', () => {
  const env = { SUBGRAPH_TIMEOUT_MS: '40000', AUTH_JWKS_URL: 'https://shop.example/jwks', AUTH_JWT_SECRET: secret };
  expect(problemsOf(env)).toEqual([
    'AUTH_JWKS_URL and AUTH_JWT_SECRET exclude each other.',
    'REQUEST_TIMEOUT_MS must be the longest, then SUBGRAPH_TIMEOUT_MS, then STATEMENT_TIMEOUT_MS.',
  ]);
});

test('a payment provider has a URL and a secret, or neither', () => {
  const url = 'https://pay.example/refunds';
  const needs = ['PAYMENT_PROVIDER_URL and PAYMENT_PROVIDER_SECRET need each other.'];
  expect(problemsOf({ PAYMENT_PROVIDER_URL: url })).toEqual(needs);
  expect(problemsOf({ PAYMENT_PROVIDER_SECRET: secret })).toEqual(needs);
  const both = { PAYMENT_PROVIDER_URL: url, PAYMENT_PROVIDER_SECRET: secret };
  expect(readConfig(both, []).paymentProvider).toEqual({ url, secret });
  expect(readConfig({}, []).paymentProvider).toBeUndefined();
});

test('a database of somebody’s own gets no demo shop unless they ask for it', () => {
  expect(readConfig({ DATABASE_URL: shared.DATABASE_URL }, []).demoShop).toBe(false);
  expect(readConfig({ DATABASE_URL: shared.DATABASE_URL, DEMO_SHOP: 'true' }, []).demoShop).toBe(true);
});

test('.env.example names every variable, and only those, and its values are the defaults', async () => {
  const text = await readFile(path.join(root, '.env.example'), 'utf8');
  const entries = [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!] as const);
  expect(entries.map(([name]) => name).sort()).toEqual([...variableNames].sort());
  expect(readConfig(Object.fromEntries(entries), [])).toEqual(readConfig({}, []));
});

test('supergraph.yaml has the same subgraphs in the same order, each on its port', async () => {
  const { subgraphs } = parse(await readFile(path.join(root, 'supergraph.yaml'), 'utf8')) as {
    subgraphs: Record<string, { routing_url: string }>;
  };
  expect(Object.entries(subgraphs).map(([name, { routing_url }]) => [name, routing_url])).toEqual(
    subgraphNames.map((name, i) => [name, `http://localhost:${4001 + i}/graphql`]),
  );
});

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});
async function newFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'supportgraph-'));
  folders.push(folder);
  return folder;
}

test('secrets that are not given are made once, kept for the owner only, and stay the same', async () => {
  const DATA_DIR = path.join(await newFolder(), 'new');
  const first = await openSecrets(readConfig({ DATA_DIR }, []));
  expect(new Set(Object.values(first)).size).toBe(3);
  expect((await stat(path.join(DATA_DIR, 'secrets.json'))).mode & 0o777).toBe(0o600);
  expect(await openSecrets(readConfig({ DATA_DIR }, []))).toEqual(first);
  expect(await openSecrets(readConfig({ DATA_DIR, SESSION_SECRET: secret }, []))).toEqual({
    ...first,
    sessionSecret: secret,
  });
});

test('with public keys there is no secret for the merchant’s tokens', async () => {
  const DATA_DIR = await newFolder();
  const config = readConfig({ DATA_DIR, AUTH_JWKS_URL: 'https://shop.example/jwks' }, []);
  expect((await openSecrets(config)).jwtSecret).toBeUndefined();
});
