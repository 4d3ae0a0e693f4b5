import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { apiKeyHash, newApiKey, newId, silent } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type ApiKeysOptions, openApiKeys } from '../src/guard/apiKeys.js';

let made: TestDatabase;
beforeAll(async () => {
  made = await testDatabase();
});
afterAll(() => made.drop());

/** An API client in the database. */
async function client() {
  const { key, keyPrefix } = newApiKey();
  const id = newId('api');
  const kept = {
    id,
    name: 'Partner',
    scopes: ['faq:read'],
    keyPrefix,
    keyHash: apiKeyHash(key)!,
    requestsPerMinute: 5,
  };
  await made.db.prisma.apiClient.create({ data: { ...kept, createdAt: new Date() } });
  const revoke = () => made.db.prisma.apiClient.update({ where: { id }, data: { revokedAt: new Date() } });
  return { id, key, revoke };
}

/** Keys that count the questions to the database, which may be away. */
function open(options: Partial<ApiKeysOptions> = {}) {
  const asked: string[] = [];
  const state = { isAway: false };
  const query = (async (text: string, values: unknown[], name: string) => {
    asked.push(name);
    if (state.isAway) throw new Error('connection refused');
    return made.db.query(text, values, name);
  }) as TestDatabase['db']['query'];
  const keys = openApiKeys({ db: { query }, log: silent, watchMs: 20, ...options });
  onTestFinished(() => keys.stop());
  return { keys, state, asked: (name: string) => asked.filter((each) => each === name).length };
}

test('a key is looked up once, whoever asks meanwhile', async () => {
  const { id, key } = await client();
  const { keys, asked } = open();
  const holders = await Promise.all(Array.from({ length: 10 }, () => keys.holderOf(key)));
  expect(holders[0]).toMatchObject({ id, scopes: ['faq:read'], requestsPerMinute: 5 });
  expect(new Set(holders).size).toBe(1);
  await keys.holderOf(key);
  expect(asked('api-client-by-key')).toBe(1);
});

test('a guessed key costs one question, and what is no key costs none', async () => {
  const { keys, asked } = open();
  const { key } = newApiKey();
  for (let n = 0; n < 3; n++) expect(await keys.holderOf(key)).toBeNull();
  expect(asked('api-client-by-key')).toBe(1);
  expect(await keys.holderOf("' OR 1=1 --")).toBeNull();
  expect(asked('api-client-by-key')).toBe(1);
});

test('a revoked key is good no longer, and whoever uses it is told', async () => {
  const { key, revoke } = await client();
  const { keys } = open();
  const holder = await keys.holderOf(key);
  const told = new Promise((resolve) => holder!.revoked.addEventListener('abort', resolve));
  await revoke();
  await told;
  expect(await keys.holderOf(key)).toBeNull();
});

test('while the database is away a known key stays good, and an unknown one cannot be judged', async () => {
  const { key } = await client();
  const { keys, state } = open({ knownMs: 0 });
  await keys.holderOf(key);
  state.isAway = true;
  expect(await keys.holderOf(key)).not.toBeNull();
  await expect(keys.holderOf(newApiKey().key)).rejects.toThrow('connection refused');
});

test('the last use is kept to the minute', async () => {
  const { id, key } = await client();
  const { keys } = open();
  await keys.holderOf(key);
  const lastUse = async () => (await made.db.prisma.apiClient.findUniqueOrThrow({ where: { id } })).lastUsedAt;
  await expect.poll(lastUse).not.toBeNull();
  expect((await lastUse())!.getTime() % 60_000).toBe(0);
});
