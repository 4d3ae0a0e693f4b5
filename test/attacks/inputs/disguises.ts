import type { Input } from './input.js';

const long = 'a'.repeat(90_000);
const invalid = '400 GRAPHQL_VALIDATION_FAILED';
const unreadable = '400 GRAPHQL_PARSE_FAILED';
const cursor = (text: string) => ({ c: Buffer.from(text).toString('base64url') });
const after = (list: string) => `query ($c: String!) { ${list}(after: $c) { pageInfo { hasNextPage } } }`;

/** Documents that look like others, and values that nearly fit. */
const rows: [what: string, refusal: string, query: string, variables?: object, who?: 'staff' | 'operator'][] = [
  ['@include with a text', invalid, 'query ($a: String!) { shop @include(if: $a) { name } }', { a: 'true' }],
  ['@include with a variable of another kind', '400 BAD_USER_INPUT', 'query ($a: Boolean!) { shop @include(if: $a) { name } }', { a: 'true' }],
  ['@include with null', invalid, '{ shop @include(if: null) { name } }'],
  ['@include twice', invalid, '{ shop @include(if: true) @include(if: false) { name } }'],
  ['@skip on an operation', invalid, 'query @skip(if: true) { shop { name } }'],
  ['@tag', invalid, '{ shop @tag(name: "staff") { name } }'],
  ['@cost to pay less', invalid, '{ shop @cost(weight: "0") { name } }'],
  ['@defer that a variable turns off', invalid, 'query ($a: Boolean!) { shop { ...F @defer(if: $a) } } fragment F on Shop { name }', { a: false }],
  ['a fragment on a type that cannot be', invalid, '{ shop { ... on Order { number } } }'],
  ['a fragment on an input', invalid, '{ ... on SendMessageInput { text } }'],
  ['a fragment on mutations', invalid, '{ ... on Mutation { __typename } }'],
  ['a fragment named on', unreadable, '{ ...on } fragment on on Query { __typename }'],
  ['two fragments of one name', invalid, '{ ...A } fragment A on Query { __typename } fragment A on Query { __typename }'],
  ['the schema in a fragment, under another name', invalid, '{ ...A } fragment A on Query { x: __schema { queryType { name } } }'],
  ['the schema, skipped', invalid, '{ __schema @skip(if: true) { types { name } } }'],
  ['a type by a variable', invalid, 'query ($n: String!) { ... { ... on Query { __type(name: $n) { fields { name } } } } }', { n: 'AuditEvent' }],
  ['the schema in a subscription', invalid, 'subscription { __schema { types { name } } }'],
  ['_service under another name', invalid, '{ ok: _service { sdl } }'],
  ['_entities in a fragment', invalid, '{ ...A } fragment A on Query { _entities(representations: []) { __typename } }'],
  ['_entities by a variable', invalid, 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', { r: [{ __typename: 'Order', id: 'x' }] }],
  ['a variable of a type that is not for inputs', invalid, 'query ($r: Shop) { shop { name } }', { r: {} }],
  ['a default that does not fit', invalid, 'query ($n: Int = "x") { products(first: $n) { nodes { id } } }'],
  ['a default that is a variable', unreadable, 'query ($a: Int, $b: Int = $a) { products(first: $b) { nodes { id } } }'],
  ['a whole number of 20 digits', invalid, '{ products(first: 99999999999999999999) { nodes { id } } }'],
  ['a character beyond Unicode', unreadable, '{ orderByNumber(number: "\\u{110000}") { id } }'],
  ['half a surrogate in a text', unreadable, '{ orderByNumber(number: "\\ud800") { id } }'],
  ['a block string that does not end', unreadable, `{ orderByNumber(number: """${'\\"""'.repeat(1_000)}) { id } }`],
  ['a field of 90 KB', invalid, `{ ${long} }`],
  ['a type of 90 KB', invalid, `{ ... on ${long} { id } }`],
  ['a fragment of 90 KB', invalid, `{ ...${long} }`],
  ['a cursor of another list', '200 BAD_USER_INPUT', after('products'), cursor('[1,2,3]')],
  ['a cursor of 3 KB', '200 BAD_USER_INPUT', after('products'), cursor(`["${'a'.repeat(3_000)}","b"]`)],
  ['a cursor with a null character', '200 BAD_USER_INPUT', after('products'), cursor('["a","\\u0000"]')],
  ['a cursor of the year 0', '200 BAD_USER_INPUT', after('orders'), cursor('["0000-01-01T00:00:00.000Z","x"]'), 'staff'],
  ['a cursor of the year 275760', '200 BAD_USER_INPUT', after('refunds'), cursor('["+275760-09-13T00:00:00.000Z","x"]'), 'staff'],
  ['a cursor before all times', '200 BAD_USER_INPUT', after('sessions'), cursor('[-8640000000000000,"x"]'), 'staff'],
  ['a cursor after all times', '200 BAD_USER_INPUT', after('sessions'), cursor('[9007199254740991,"x"]'), 'staff'],
  ['the 30th of February', '200 BAD_USER_INPUT', 'query ($d: DateTime) { orders(filter: { placedFrom: $d }) { nodes { id } } }', { d: '2026-02-30T00:00:00Z' }, 'staff'],
  ['the year 99999', '200 BAD_USER_INPUT', 'query ($d: DateTime) { sessions(filter: { createdBefore: $d }) { nodes { id } } }', { d: '99999-01-01T00:00:00Z' }, 'staff'],
]; // prettier-ignore

export const disguises: readonly Input[] = rows.map(([what, refusal, query, variables, who]) => ({
  what,
  refusal,
  send: (world) => world.post({ query, variables }, who && { authorization: `Bearer ${world.tokens[who]}` }),
}));
