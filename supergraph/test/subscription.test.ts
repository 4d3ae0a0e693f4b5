import { nobody, silent } from '@supportgraph/kernel';
import type { GraphQLResponse } from '@supportgraph/subgraph';
import { expect, test } from 'vitest';
import { isStream } from '../src/connection/connection.js';
import { type ExecutionLimits, gatewayExecutor } from '../src/execute/executor.js';
import { delta, openShop, operationOf, until } from './shop.js';

const limits: ExecutionLimits = { subgraphMs: 2_000, waitingFields: [], marginMs: 10, eventsWaiting: 50 };

/** An executor over a shop; `follow` opens a subscription to one session. */
function openExecutor(changes: Partial<ExecutionLimits> = {}) {
  const shop = openShop();
  const { supergraphSdl, connections } = shop;
  const executor = gatewayExecutor({ supergraphSdl, connections, limits: { ...limits, ...changes }, log: silent });
  const leaving = new AbortController();
  const request = {
    requestId: 'req_1',
    viewer: nobody,
    language: 'en' as const,
    signal: leaving.signal,
    deadline: Date.now() + 5_000,
    log: silent,
  };
  const follow = async (fields: string, variables: Record<string, unknown> = {}) => {
    const declared = Object.keys(variables).map((name) => `$${name}: Boolean!`);
    const text = `subscription Follow${declared.length ? `(${declared.join()})` : ''} {
      sessionEvents(sessionId: "ses_1") { ${fields} }
    }`;
    const stream = await executor.subscribe(operationOf(executor.schema, text), variables, request);
    if (!isStream(stream)) throw new Error(JSON.stringify(stream));
    await until(() => shop.followers('ses_1') > 0);
    return stream;
  };
  return { shop, follow, leave: () => leaving.abort() };
}

const take = async (stream: AsyncIterator<GraphQLResponse>) => {
  const { value } = (await stream.next()) as IteratorYieldResult<GraphQLResponse>;
  return value;
};
const event = (response: GraphQLResponse) => response.data?.sessionEvents as Record<string, unknown>;
const handoffUpdated = (seq: number, handoff: object | null) => ({
  __typename: 'HandoffUpdated',
  cursor: `c${seq}`,
  seq,
  handoff,
});

const everything = `
  kind: __typename seq cursor
  ... on TextDelta { partId offset firstSeq text }
  ... on HandoffUpdated { handoff { id reason } }
  ... on TurnFinished { turn { id status } session { title handoff { reason position } } }
`;

test('a delta goes straight through, in the shape that was asked for, though the operation joins other events', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow(everything);
  shop.emit('ses_1', delta(1, 0, 'Hello'));
  expect(JSON.stringify(await take(stream))).toBe(
    '{"data":{"sessionEvents":{"kind":"TextDelta","seq":1,"cursor":"c1","partId":"prt_1","offset":0,"firstSeq":1,"text":"Hello"}}}',
  );
  expect(shop.calls).toEqual({});
});

test('an event is joined with as many subgraphs as its selection needs', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow(everything);
  shop.emit('ses_1', {
    __typename: 'TurnFinished',
    cursor: 'c1',
    seq: 1,
    turn: { id: 'trn_1', status: 'COMPLETED' },
    session: { id: 'ses_1' },
  });
  expect(event(await take(stream))).toEqual({
    kind: 'TurnFinished',
    seq: 1,
    cursor: 'c1',
    turn: { id: 'trn_1', status: 'COMPLETED' },
    session: { title: 'Session ses_1', handoff: { reason: 'CUSTOMER_ASKED', position: 2 } },
  });
  expect(shop.calls).toEqual({ sessions: 1, handoff: 1 });
});

test('an event with nothing to join asks nobody', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow(everything);
  shop.emit('ses_1', handoffUpdated(1, null));
  expect(event(await take(stream))).toEqual({ kind: 'HandoffUpdated', seq: 1, cursor: 'c1', handoff: null });
  expect(shop.calls).toEqual({});
});

test('what goes wrong in a join is given with its event, and the stream goes on', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow(everything);
  shop.emit('ses_1', handoffUpdated(1, { id: 'hof_bad' }));
  shop.emit('ses_1', delta(2, 0, 'on'));
  const broken = await take(stream);
  expect(event(broken)).toEqual({ kind: 'HandoffUpdated', seq: 1, cursor: 'c1', handoff: null });
  expect(broken.errors?.[0]?.path).toEqual(['sessionEvents', 'handoff']);
  expect(event(await take(stream))).toMatchObject({ seq: 2, text: 'on' });
});

test('a join that hangs is given up in time, and the events after it come in order', async () => {
  const { shop, follow } = openExecutor({ subgraphMs: 50 });
  shop.handoffGate = new Promise(() => {});
  const stream = await follow(everything);
  shop.emit('ses_1', handoffUpdated(1, { id: 'hof_1' }));
  shop.emit('ses_1', delta(2, 0, 'on'));
  expect((await take(stream)).errors?.[0]?.extensions?.code).toBe('SUBGRAPH_TIMEOUT');
  expect(event(await take(stream))).toMatchObject({ seq: 2 });
});

test('two who follow the same session with different joins do not see each other’s fields', async () => {
  const { shop, follow } = openExecutor();
  const one = await follow('seq ... on HandoffUpdated { handoff { reason } }');
  const other = await follow('seq ... on HandoffUpdated { handoff { position } }');
  await until(() => shop.followers('ses_1') === 2);
  shop.emit('ses_1', handoffUpdated(1, { id: 'hof_1' }));
  expect(event(await take(one))).toEqual({ seq: 1, handoff: { reason: 'CUSTOMER_ASKED' } });
  expect(event(await take(other))).toEqual({ seq: 1, handoff: { position: 2 } });
});

test('fields are left out and kept by variables', async () => {
  const { shop, follow } = openExecutor();
  const fields = 'seq ... on TextDelta @include(if: $withText) { text }';
  const [without, withText] = [await follow(fields, { withText: false }), await follow(fields, { withText: true })];
  await until(() => shop.followers('ses_1') === 2);
  shop.emit('ses_1', delta(1, 0, 'Hello'));
  expect(event(await take(without))).toEqual({ seq: 1 });
  expect(event(await take(withText))).toEqual({ seq: 1, text: 'Hello' });
});

test('what waits when the source ends is still joined and given', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow(everything);
  shop.emit('ses_1', delta(1, 0, 'Bye'));
  shop.emit('ses_1', handoffUpdated(2, { id: 'hof_1' }));
  shop.end('ses_1');
  await until(() => shop.followers('ses_1') === 0);
  expect(event(await take(stream))).toMatchObject({ seq: 1, text: 'Bye' });
  expect(event(await take(stream))).toMatchObject({ seq: 2, handoff: { id: 'hof_1', reason: 'CUSTOMER_ASKED' } });
  expect((await stream.next()).done).toBe(true);
});

test('leaving settles a wait at once and lets go of the source', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow(everything);
  const waiting = stream.next();
  await stream.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await until(() => shop.followers('ses_1') === 0);
});

test('a caller who is gone lets go of the source', async () => {
  const { shop, follow, leave } = openExecutor();
  const stream = await follow(everything);
  const waiting = stream.next();
  leave();
  expect((await waiting).done).toBe(true);
  await until(() => shop.followers('ses_1') === 0);
});

/** Emits deltas that make one text, in pieces, while nobody takes them. */
async function emitText(shop: ReturnType<typeof openShop>, pieces: readonly string[], partId = 'prt_1') {
  let offset = 0;
  for (const [index, piece] of pieces.entries()) {
    shop.emit('ses_1', delta(index + 1, offset, piece, partId));
    offset += piece.length;
    // Lets the gateway read what was emitted.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('one who lags gets adjacent deltas of a part as one, without a hole in the numbers', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow(everything);
  const pieces = Array.from({ length: 200 }, (_, index) => `word${index} `);
  await emitText(shop, pieces);
  shop.emit('ses_1', handoffUpdated(201, null));

  const seen: Record<string, unknown>[] = [];
  while (seen.at(-1)?.kind !== 'HandoffUpdated') seen.push(event(await take(stream)));
  expect(seen.length).toBeLessThan(10);
  let [text, seq] = ['', 0];
  for (const { kind, ...joined } of seen.filter(({ kind }) => kind === 'TextDelta')) {
    expect(joined.firstSeq, kind as string).toBe(seq + 1);
    expect(joined.cursor).toBe(`c${joined.seq as number}`);
    text = text.slice(0, joined.offset as number) + (joined.text as string);
    seq = joined.seq as number;
  }
  expect(text).toBe(pieces.join(''));
  expect(seq).toBe(200);
});

test('aliases do not keep deltas from being joined', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow('... on TextDelta { p: partId o: offset first: firstSeq seq t: text }');
  await emitText(shop, ['a', 'b', 'c', 'd']);
  expect(event(await take(stream))).toEqual({ p: 'prt_1', o: 0, first: 1, seq: 4, t: 'abcd' });
});

test.each([
  ['of a client that could not tell a joined one from a hole', 'seq ... on TextDelta { partId offset text }'],
  ['whose part was not asked for', 'seq ... on TextDelta { offset firstSeq text }'],
])('deltas %s stay as they are', async (_why, fields) => {
  const { shop, follow } = openExecutor();
  const stream = await follow(fields);
  await emitText(shop, ['a', 'b', 'c']);
  expect([event(await take(stream)).text, event(await take(stream)).text, event(await take(stream)).text]).toEqual([
    'a',
    'b',
    'c',
  ]);
});

test('deltas of two parts in turns, and of a part that starts again, stay as they are', async () => {
  const { shop, follow } = openExecutor();
  const stream = await follow(everything);
  const emitted = [
    delta(1, 0, 'a', 'prt_1'),
    delta(2, 0, 'x', 'prt_2'),
    delta(3, 1, 'b', 'prt_1'),
    delta(4, 0, 'A', 'prt_1'),
  ];
  for (const one of emitted) shop.emit('ses_1', one);
  for (const { text, seq } of emitted) expect(event(await take(stream))).toMatchObject({ text, seq, firstSeq: seq });
});

test('one who lags too far is closed with the cursor to come back with', async () => {
  const { shop, follow } = openExecutor({ eventsWaiting: 10 });
  const stream = await follow(everything);
  shop.emit('ses_1', handoffUpdated(1, null));
  await take(stream);
  for (let seq = 2; seq < 40; seq++) shop.emit('ses_1', handoffUpdated(seq, null));
  await until(() => shop.followers('ses_1') === 0);
  expect(await take(stream)).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'SLOW_CONSUMER', cursor: 'c1' } }],
  });
  expect((await stream.next()).done).toBe(true);
});
