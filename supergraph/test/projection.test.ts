import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { compileProjection } from '../src/execute/projection.js';
import { operationOf } from './shop.js';

const schema = buildSchema(`
  type Query { event: Event list: [Event!] }
  interface Event { id: ID! }
  type Said implements Event { id: ID! text: String lines: [Line!]! }
  type Left implements Event { id: ID! by: String! }
  type Line { number: Int! note: String }
`);

function projection(text: string, variables: Record<string, unknown> = {}) {
  return compileProjection(schema, operationOf(schema, text), variables);
}

const said = { __typename: 'Said', id: '1', text: 'Hi', lines: [{ number: 1, note: null }], key: 'not asked for' };

test('what was asked for is picked, in its order, under its names, whatever else the data holds', () => {
  const project = projection(`{
    event { ... on Said { words: text } __typename id ...Lines ... on Left { by } }
  } fragment Lines on Said { lines { number } ... { lines { note } } }`);
  // A subgraph answers under the names that it was asked with.
  expect(JSON.stringify(project({ event: { ...said, words: 'Hi' } }))).toBe(
    '{"event":{"words":"Hi","__typename":"Said","id":"1","lines":[{"number":1,"note":null}]}}',
  );
  expect(JSON.stringify(project({ event: { __typename: 'Left', id: '2', by: 'me' } }))).toBe(
    '{"event":{"__typename":"Left","id":"2","by":"me"}}',
  );
});

test('what is missing is null where it may be', () => {
  const project = projection('{ event { ... on Said { text } } list { id } }');
  expect(project({ event: { __typename: 'Said' } })).toEqual({ event: { text: null }, list: null });
  expect(project({ event: null })).toEqual({ event: null, list: null });
});

test.each([
  ['a null that may not be one', { event: { ...said, lines: [{ number: null }] } }],
  ['a missing list', { event: { ...said, lines: undefined } }],
  ['a list that is none', { event: { ...said, lines: 'x' } }],
  ['a null in a list', { event: { ...said, lines: [null] } }],
  ['an unknown type', { event: { ...said, __typename: 'Unknown' } }],
  ['no type at all', { event: { id: '1' } }],
])('%s does not fit', (_what, data) => {
  expect(projection('{ event { ... on Said { lines { number } } } }')(data)).toBeNull();
});

test('variables and their defaults decide what is left out', () => {
  const text =
    'query ($a: Boolean = false, $b: Boolean!) { event { id @include(if: $a) ... on Said @skip(if: $b) { text } } }';
  expect(projection(text, { b: true })({ event: said })).toEqual({ event: {} });
  expect(projection(text, { a: true, b: false })({ event: said })).toEqual({ event: { id: '1', text: 'Hi' } });
});
