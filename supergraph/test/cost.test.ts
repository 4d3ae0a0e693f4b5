import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { openPrices } from '../src/guard/cost.js';
import { operationOf } from './shop.js';

const sdl = `
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  type Query {
    one: Thing
    expensive: Thing @cost(weight: 5)
    unsized: [Thing!]!
    ten(first: Int! = 10): [Thing!]! @cost(weight: 5) @listSize(slicingArguments: ["first"])
    things(first: Int, last: Int): Things! @listSize(slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], assumedSize: 20)
  }
  type Mutation { change: Thing sendMessage(text: String): Thing @cost(weight: 20) }
  type Things { nodes: [Thing!]! edges: [Edge!]! total: Int }
  type Edge { node: Thing }
  type Thing { id: ID! tags: [String!]! waits: Thing! @cost(weight: 20) parts: [Thing!]! @listSize(assumedSize: 3) heavy: Heavy }
  type Heavy @cost(weight: 50) { id: ID! }
`;
const schema = buildSchema(sdl);
const prices = openPrices({ supergraphSdl: sdl, schema, waitingFields: ['Thing.waits'] });
const priceOf = (text: string) => prices.price(operationOf(schema, text));
const estimate = (text: string, variables = {}) => priceOf(text).estimate(variables);

test.each([
  ['a field without an object is free', '{ __typename }', 0],
  ['an object costs 1', '{ one { id tags } }', 1],
  ['a field costs what it says', '{ expensive { id } }', 6],
  ['a type costs what it says', '{ one { heavy { id } } }', 51],
  ['a mutation costs 10', 'mutation { change { id } }', 11],
  ['or what it says', 'mutation { sendMessage { id } }', 21],
  ['a list that says nothing counts as ten', '{ unsized { id } }', 10],
  ['a list counts as many as are assumed', '{ one { parts { id } } }', 4],
  ['a page counts as many as it may have by default', '{ things { nodes { id } } }', 21],
  ['a page counts as many as are asked for', '{ things(first: 7) { nodes { id } } }', 8],
  ['edges and nodes count both', '{ things(first: 7) { nodes { id } edges { node { id } } } }', 22],
  ['pages in pages multiply', '{ things(first: 5) { nodes { parts { parts { id } } } } }', 1 + 5 * (1 + 3 * (1 + 3))],
  ['a default of the schema counts', '{ ten { id } }', 15],
  [
    'fragments count wherever they are spread',
    '{ one { ...F } expensive { ...F } } fragment F on Thing { parts { id } }',
    13,
  ],
  ['aliases count each', '{ a: one { id } b: one { id } }', 2],
  ['introspection is free', '{ __schema { types { name } } }', 0],
  ['less than nothing does not lower the cost', '{ things(first: -50) { nodes { id } } one { id } }', 2],
])('%s', (_what, text, cost) => expect(estimate(text)).toBe(cost));

test('variables, their defaults and those of the schema say how large a page is', () => {
  const text = 'query ($n: Int) { things(first: $n) { nodes { id } } }';
  expect([estimate(text, { n: 3 }), estimate(text, { n: null }), estimate(text)]).toEqual([4, 21, 21]);
  const withDefault = 'query ($n: Int = 2) { things(first: $n) { nodes { id } } }';
  expect([estimate(withDefault), estimate(withDefault, { n: 5 })]).toEqual([3, 6]);
});

test('the largest page is found, also by a variable and a default', () => {
  const largest = (text: string, variables = {}) => priceOf(text).largestPage(variables);
  expect(largest('{ things(last: 500) { total } one { id } }')).toBe(500);
  expect(largest('query ($n: Int = 300) { things(first: $n) { total } }')).toBe(300);
  expect(largest('query ($n: Int = 300) { things(first: $n) { total } }', { n: 1e6 })).toBe(1e6);
  expect(largest('{ one { id } }')).toBe(0);
});

test('fields that wait are counted for each object that they may wait on', () => {
  expect(priceOf('{ one { waits { id } } }').waits({})).toBe(1);
  expect(priceOf('{ things(first: 9) { nodes { waits { id } } } }').waits({})).toBe(9);
});

test('what an answer did cost is counted from its data', () => {
  const price = priceOf('{ t: things(first: 50) { nodes { id parts { id } } } expensive { id } }');
  expect(price.estimate({})).toBe(1 + 50 * 4 + 6);
  const nodes = [
    { id: '1', parts: [] },
    { id: '2', parts: [{ id: '3' }] },
  ];
  expect(price.actual({ t: { nodes }, expensive: null })).toBe(1 + 2 + 1 + 5);
  expect(price.actual(null)).toBe(0);
});
