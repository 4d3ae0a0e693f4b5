import { memoryEventLog, openConversation } from '@supportgraph/conversation';
import { findApiClient } from '@supportgraph/data';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { apiKeyHash, nobody, silent, type Viewer } from '@supportgraph/kernel';
import { buildService, type Service } from '@supportgraph/subgraph';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionsSubgraph } from '../src/index.js';

const operator: Viewer = { ...nobody, role: 'OPERATOR', staffId: 'stf_1' };
const noCustomer = () => Promise.resolve(null);
let made: TestDatabase;
let service: Service;
let close: () => Promise<void>;

beforeAll(async () => {
  made = await testDatabase();
  const events = memoryEventLog();
  const conversation = openConversation({ db: made.db, events, logger: silent, secret: 'for tests' });
  const clock = () => new Date();
  service = buildService(
    sessionsSubgraph({
      db: made.db,
      clock,
      conversation,
      matchCustomer: noCustomer,
      findCustomer: noCustomer,
      log: silent,
    }),
  );
  close = async () => {
    await conversation.close();
    await events.close();
    await made.drop();
  };
});
afterAll(() => close());

async function run<Data>(query: string, variables: object, viewer: Viewer = operator): Promise<Data> {
  const request = { requestId: 'req-1', viewer, language: 'en', signal: new AbortController().signal, log: silent };
  const { data, errors } = await service.execute(
    { query, variables: { ...variables } },
    { ...request, language: 'en' },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data as Data;
}

interface Created {
  createApiClient: {
    apiClient: { id: string; name: string; scopes: string[]; keyPrefix: string; requestsPerMinute: number } | null;
    secret: string | null;
    userErrors: { code: string; field: string[] | null }[];
  };
}
const create = async (input: object, viewer = operator) => {
  const wish = { idempotencyKey: randomUUID(), name: 'Partner', scopes: ['sessions:write'], ...input };
  const query = `mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) {
    apiClient { id name scopes keyPrefix requestsPerMinute } secret userErrors { code field }
  } }`;
  return (await run<Created>(query, { input: wish }, viewer)).createApiClient;
};
const revoke = (apiClientId: string, viewer = operator) =>
  run<{ revokeApiClient: { apiClient: { revokedAt: string } | null; userErrors: { code: string }[] } }>(
    `mutation ($input: RevokeApiClientInput!) { revokeApiClient(input: $input) {
      apiClient { revokedAt } userErrors { code }
    } }`,
    { input: { apiClientId } },
    viewer,
  );

test('a key is shown once and kept as a hash: sending the wish again shows the client without it', async () => {
  const idempotencyKey = randomUUID();
  const { apiClient, secret, userErrors } = await create({ idempotencyKey, scopes: ['faq:read', 'faq:read'] });
  expect(userErrors).toEqual([]);
  expect(apiClient).toMatchObject({ name: 'Partner', scopes: ['faq:read'], requestsPerMinute: 600 });
  expect(secret!.startsWith(apiClient!.keyPrefix)).toBe(true);
  expect(await findApiClient(made.db, apiKeyHash(secret!)!)).toMatchObject({ id: apiClient!.id });
  const row = await made.db.prisma.apiClient.findUniqueOrThrow({ where: { id: apiClient!.id } });
  expect(JSON.stringify(row)).not.toContain(secret);

  const again = await create({ idempotencyKey, scopes: ['faq:read'] });
  expect(again).toEqual({ apiClient, secret: null, userErrors: [] });
  expect(await create({ idempotencyKey, name: 'Another' })).toMatchObject({
    secret: null,
    userErrors: [{ code: 'IDEMPOTENCY_CONFLICT' }],
  });
});

test.each([
  ['no name', { name: ' ' }, 'name'],
  ['a name with a line break', { name: 'a\r\nb' }, 'name'],
  ['a name of 101 characters', { name: 'x'.repeat(101) }, 'name'],
  ['no scope', { scopes: [] }, 'scopes'],
  ['an unknown scope', { scopes: ['sessions:write', 'everything'] }, 'scopes'],
  ['no requests', { requestsPerMinute: 0 }, 'requestsPerMinute'],
  ['a million requests', { requestsPerMinute: 1_000_000 }, 'requestsPerMinute'],
])('a client with %s is refused and not made', async (_what, input, field) => {
  const before = await made.db.prisma.apiClient.count();
  expect(await create(input)).toEqual({
    apiClient: null,
    secret: null,
    userErrors: [{ code: 'INVALID', field: ['input', field] }],
  });
  expect(await made.db.prisma.apiClient.count()).toBe(before);
});

test.each([
  ['staff', { ...nobody, role: 'STAFF', staffId: 'stf_2' }],
  ['a partner', { ...nobody, role: 'PARTNER', apiClientId: 'api_1', scopes: ['explorer'] }],
  ['nobody', nobody],
] as const)('%s neither makes, sees nor revokes clients', async (_who, viewer) => {
  const { apiClient } = await create({});
  expect(await create({}, viewer)).toMatchObject({ apiClient: null, userErrors: [{ code: 'FORBIDDEN' }] });
  expect((await revoke(apiClient!.id, viewer)).revokeApiClient).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
  expect(await run('{ apiClients { nodes { id } } }', {}, viewer)).toEqual({ apiClients: { nodes: [] } });
  expect(await run('query ($id: ID!) { node(id: $id) { id } }', { id: apiClient!.id }, viewer)).toEqual({ node: null });
});

test('a revoked client has no key any more; revoking it again changes nothing, and the audit has each deed once', async () => {
  const { apiClient, secret } = await create({});
  const first = (await revoke(apiClient!.id)).revokeApiClient;
  expect(first).toMatchObject({ apiClient: { revokedAt: expect.any(String) as string }, userErrors: [] });
  expect((await revoke(apiClient!.id)).revokeApiClient).toEqual(first);
  expect(await findApiClient(made.db, apiKeyHash(secret!)!)).toBeNull();
  const deeds = await made.db.prisma.auditEvent.findMany({
    where: { subjectId: apiClient!.id },
    orderBy: { id: 'asc' },
  });
  expect(deeds.map(({ action }) => action)).toEqual(['apiClient.create', 'apiClient.revoke']);
  expect(JSON.stringify(deeds)).not.toContain(secret);
});

describe('the audit keeps that it was refused', () => {
  const staff: Viewer = { ...nobody, role: 'STAFF', staffId: 'stf_2' };
  const partner: Viewer = { ...nobody, role: 'PARTNER', apiClientId: 'api_1', scopes: ['explorer'] };
  const key = randomUUID();
  const refused: [string, () => Promise<unknown>, Viewer, string, string, string?][] = [
    ['to make one, by staff', () => create({}, staff), staff, 'apiClient.create', 'FORBIDDEN'],
    ['to make one, by a partner', () => create({}, partner), partner, 'apiClient.create', 'FORBIDDEN'],
    ['to make one without a name', () => create({ name: '' }), operator, 'apiClient.create', 'INVALID'],
    ['to make one without a key', () => create({ idempotencyKey: '' }), operator, 'apiClient.create', 'INVALID'],
    ['a key that cannot be kept', () => create({ idempotencyKey: '\0' }), operator, 'apiClient.create', 'INVALID'],
    [
      'to make another one with the same key',
      async () => {
        await create({ idempotencyKey: key });
        await create({ idempotencyKey: key, name: 'Secret plan' });
      },
      operator,
      'apiClient.create',
      'IDEMPOTENCY_CONFLICT',
    ],
    ['to revoke one, by staff', () => revoke('api_x', staff), staff, 'apiClient.revoke', 'FORBIDDEN', 'api_x'],
    ['to revoke one, by nobody', () => revoke('api_x', nobody), nobody, 'apiClient.revoke', 'FORBIDDEN', 'api_x'],
    ['to revoke what there is not', () => revoke('api_x'), operator, 'apiClient.revoke', 'NOT_FOUND', 'api_x'],
    ['to revoke what is no id', () => revoke('api_\u0000'), operator, 'apiClient.revoke', 'NOT_FOUND'],
  ];
  test.each(refused)('%s', async (_what, attempt, viewer, action, code, subjectId = undefined) => {
    const denied = () => made.db.prisma.auditEvent.findMany({ where: { outcome: 'DENIED' }, orderBy: { id: 'desc' } });
    const before = await denied();
    await attempt();
    const after = await denied();
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]).toMatchObject({
      actorRole: viewer.role,
      action,
      code,
      subjectId: subjectId ?? null,
      changes: null,
    });
  });
});

test('what is not a client cannot be revoked', async () => {
  for (const id of ['api_none', 'ses_1', '', 'api_\u0000']) {
    expect((await revoke(id)).revokeApiClient).toMatchObject({ apiClient: null, userErrors: [{ code: 'NOT_FOUND' }] });
  }
});

test('a client sees itself and its scopes; operators page through all, newest first', async () => {
  const { apiClient } = await create({ name: 'Newest' });
  const viewer = { ...nobody, role: 'PARTNER', apiClientId: apiClient!.id, scopes: ['sessions:write'] } as const;
  expect(await run('{ viewer { role scopes apiClient { name } } }', {}, viewer)).toEqual({
    viewer: { role: 'PARTNER', scopes: ['sessions:write'], apiClient: { name: 'Newest' } },
  });
  interface Page {
    apiClients: { nodes: { name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
  }
  const query =
    'query ($after: String) { apiClients(first: 1, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }';
  const { apiClients } = await run<Page>(query, {});
  expect(apiClients).toMatchObject({ nodes: [{ name: 'Newest' }], pageInfo: { hasNextPage: true } });
  const next = await run<Page>(query, { after: apiClients.pageInfo.endCursor });
  expect(next.apiClients.nodes[0]!.name).not.toBe('Newest');
});
