import { memoryEventLog, openConversation, type Conversation } from '@supportgraph/conversation';
import { audit } from '@supportgraph/data';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { nobody, silent, type Viewer } from '@supportgraph/kernel';
import { buildService, type GraphQLResponse, type Service } from '@supportgraph/subgraph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionsSubgraph } from '../src/index.js';

const operator: Viewer = { ...nobody, role: 'OPERATOR', staffId: 'stf_1' };
const customer: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_1' };
const noCustomer = () => Promise.resolve(null);
let made: TestDatabase;
let conversation: Conversation;
let service: Service;
let sessionId: string;
let close: () => Promise<void>;

beforeAll(async () => {
  made = await testDatabase();
  const { db } = made;
  const events = memoryEventLog();
  conversation = openConversation({ db, events, logger: silent, secret: 'for tests' });
  const clock = () => new Date();
  service = buildService(
    sessionsSubgraph({ db, clock, conversation, matchCustomer: noCustomer, findCustomer: noCustomer, log: silent }),
  );
  close = async () => {
    await conversation.close();
    await events.close();
    await made.drop();
  };
  const started = await conversation.sessions.start(customer, { idempotencyKey: 'a', channel: 'WEB' });
  if (!started.ok) throw new Error('refused');
  sessionId = started.value.session.id;
  const deeds = [
    { viewer: customer, action: 'order.cancel', outcome: 'SUCCEEDED', subjectId: 'ord_1', sessionId },
    { viewer: customer, action: 'order.changeItems', outcome: 'DENIED', code: 'NOT_FOUND', subjectId: 'ord_2' },
    { viewer: operator, action: 'orderX', outcome: 'SUCCEEDED' },
    { viewer: nobody, action: 'refund.send', outcome: 'FAILED', code: 'REFUSED', subjectId: 'ref_1' },
    { viewer: operator, action: 'shop.change', outcome: 'SUCCEEDED', subjectId: 'shop', changes: { name: 'New' } },
  ] as const;
  for (const [day, deed] of deeds.entries())
    await db.transaction((tx) => audit(tx, deed, new Date(`2026-02-0${day + 1}T12:00:00Z`)));
});
afterAll(() => close());

const ask = (query: string, variables: object = {}, viewer = operator): Promise<GraphQLResponse> =>
  service.execute(
    { query, variables: { ...variables } },
    { requestId: 'req-1', viewer, language: 'en', signal: new AbortController().signal, log: silent },
  );

const listing = `query ($filter: AuditFilterInput, $first: Int, $after: String) {
  auditEvents(filter: $filter, first: $first, after: $after) {
    nodes { action } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor }
  } }`;
interface Listed {
  auditEvents: {
    nodes: { action: string }[];
    edges: { cursor: string; node: { id: string } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

async function list(variables: object = {}, viewer = operator): Promise<Listed['auditEvents']> {
  const { data, errors } = await ask(listing, variables, viewer);
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as unknown as Listed).auditEvents;
}
const actions = async (filter: object) => (await list({ filter })).nodes.map(({ action }) => action);

describe('audit events', () => {
  test('are listed newest first, with all that is known of them', async () => {
    const { data, errors } = await ask(`{ auditEvents { nodes {
      occurredAt actorRole actorName action outcome changes traceId subject { __typename id } session { id }
    } } }`);
    expect(errors).toBeUndefined();
    const { nodes } = (data as { auditEvents: { nodes: object[] } }).auditEvents;
    expect(nodes).toHaveLength(5);
    const none = { changes: null, traceId: null, subject: null, session: null };
    expect(nodes[0]).toEqual({
      ...{ ...none, occurredAt: '2026-02-05T12:00:00.000Z', actorRole: 'OPERATOR', actorName: 'stf_1' },
      ...{ action: 'shop.change', outcome: 'SUCCEEDED', changes: { name: 'New' } },
    });
    expect(nodes[4]).toEqual({
      ...{ ...none, occurredAt: '2026-02-01T12:00:00.000Z', actorRole: 'CUSTOMER', actorName: 'cus_1' },
      ...{ action: 'order.cancel', outcome: 'SUCCEEDED', subject: { __typename: 'Order', id: 'ord_1' } },
      session: { id: sessionId },
    });
  });

  test.each<[string, object, string[]]>([
    ['by action', { action: 'order.cancel' }, ['order.cancel']],
    ['by how the action begins', { action: 'order.*' }, ['order.changeItems', 'order.cancel']],
    ['not by signs that the database takes for others', { action: 'order_*' }, []],
    ['by what it was done to', { subjectId: 'ref_1' }, ['refund.send']],
    ['from a time on', { from: '2026-02-04T12:00:00Z' }, ['shop.change', 'refund.send']],
    ['before a time', { before: '2026-02-02T12:00:00Z' }, ['order.cancel']],
    ['by all of it', { action: 'order.*', from: '2026-02-02T00:00:00Z' }, ['order.changeItems']],
    ['by what no database can hold', { subjectId: 'a\0b' }, []],
  ])('are found %s', async (_, filter, expected) => {
    expect(await actions(filter)).toEqual(expected);
  });

  test('are found by their session', async () => {
    expect(await actions({ sessionId })).toEqual(['order.cancel']);
  });

  test('come in pages that lead through all of them once', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Listed['auditEvents'] = await list({ first: 2, after });
      seen.push(...page.nodes.map(({ action }) => action));
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual(['shop.change', 'refund.send', 'orderX', 'order.changeItems', 'order.cancel']);
  });

  test.each([{ first: 101 }, { first: -1 }, { after: 'nonsense' }])('are refused as %o', async (variables) => {
    const { errors } = await ask(listing, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('can be fetched by id, also many at once', async () => {
    const [first] = (await list({ first: 1 })).edges;
    const { id } = first!.node;
    const query = `query ($id: ID!) { node(id: $id) { id ... on AuditEvent { action } }
      nodes(ids: [$id, "aud_none"]) { id } }`;
    expect((await ask(query, { id })).data).toEqual({ node: { id, action: 'shop.change' }, nodes: [{ id }, null] });
  });

  test.each<[string, Viewer]>([
    ['a visitor', nobody],
    ['a customer', customer],
    ['a member of the staff', { ...nobody, role: 'STAFF', staffId: 'stf_2' }],
    ['a partner', { ...nobody, role: 'PARTNER', apiClientId: 'api_1', scopes: ['sessions:read'] }],
  ])('are not there for %s', async (_, viewer) => {
    const [first] = (await list({ first: 1 })).edges;
    expect((await list({}, viewer)).nodes).toEqual([]);
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await ask(query, { id: first!.node.id }, viewer)).data).toEqual({ node: null });
  });
});
