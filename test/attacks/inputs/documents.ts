import { type Input, times } from './input.js';

const related = (levels: number) =>
  `{ session(id: "x") { ${'customer { sessions(first: 1) { nodes { '.repeat(levels)} id ${'} } }'.repeat(levels)} } }`;
const bomb = (leaf: string) =>
  `{ ...F0 } ${times(14, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F14 on Query { ${leaf} }`;
const large: [string, string, object | undefined, string][] = [
  ['200 levels', related(67), undefined, 'OPERATION_TOO_LARGE'],
  [
    'levels in fragments',
    `{ session(id: "x") { ...A } } ${times(12, (n) => `fragment ${'ABCDEFGHIJKLM'[n]} on Session { customer { sessions { nodes { ...${'BCDEFGHIJKLMN'[n]} } } } }`)} fragment M on Session { id } fragment N on Session { id }`,
    undefined,
    'OPERATION_TOO_LARGE',
  ],
  ['2,000 aliases', `{ ${times(400, (n) => `a${n}: __typename`)} }`, undefined, 'OPERATION_TOO_LARGE'],
  [
    '100 aliases of one mutation',
    `mutation { ${times(100, (n) => `m${n}: closeSession(input: { sessionId: "x" }) { session { id } }`)} }`,
    undefined,
    'OPERATION_TOO_LARGE',
  ],
  ['11 root fields', `{ ${'__typename '.repeat(11)} }`, undefined, 'OPERATION_TOO_LARGE'],
  [
    'a cycle of fragments',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    undefined,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a fragment in itself', '{ ...A } fragment A on Query { ...A }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['a bomb of 2^14 fragments', bomb('__typename'), undefined, 'OPERATION_TOO_LARGE'],
  ['the same with an alias', bomb('a: __typename'), undefined, 'OPERATION_TOO_LARGE'],
  ['250 directives', `{ __typename ${'@skip(if: false) '.repeat(250)} }`, undefined, 'OPERATION_TOO_LARGE'],
  ['20,000 directives', `{ __typename ${'@a '.repeat(20_000)} }`, undefined, 'GRAPHQL_PARSE_FAILED'],
  ['10,000 tokens', `{ ${'__typename '.repeat(8_000)} }`, undefined, 'GRAPHQL_PARSE_FAILED'],
  ['20,000 brackets', '{'.repeat(20_000), undefined, 'GRAPHQL_PARSE_FAILED'],
  ['a page of a million', '{ products(first: 1000000) { nodes { id } } }', undefined, 'BAD_USER_INPUT'],
  [
    'a page of a million in a variable',
    'query ($n: Int) { products(first: $n) { nodes { id } } }',
    { n: 1_000_000 },
    'BAD_USER_INPUT',
  ],
  [
    'a page of a million by default',
    'query ($n: Int = 1000000) { products(first: $n) { nodes { id } } }',
    undefined,
    'BAD_USER_INPUT',
  ],
  ['a page of less than nothing', '{ products(first: -1) { nodes { id } } }', undefined, 'BAD_USER_INPUT'],
  [
    'pages in pages',
    '{ viewer { sessions(first: 100) { nodes { messages(first: 100) { nodes { id } } } } } }',
    undefined,
    'COST_LIMIT_EXCEEDED',
  ],
  [
    'two that wait',
    '{ a: turn(id: "trn_1") { settled { id } } b: turn(id: "trn_2") { settled { id } } }',
    undefined,
    'OPERATION_TOO_LARGE',
  ],
  ['@defer', '{ shop { ... @defer { name } } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['@stream', '{ products { nodes @stream { id } } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
];

/** Documents that are too much. */
export const largeDocuments: readonly Input[] = large.map(([what, query, variables, code]) => ({
  what,
  refusal: `${code === 'BAD_USER_INPUT' && query.includes('-1') ? 200 : 400} ${code}`,
  send: (world) => world.post({ query, variables }),
}));

const wrong: [string, object, string][] = [
  ['nothing', { query: '   ' }, 'GRAPHQL_PARSE_FAILED'],
  ['a type definition', { query: 'type Query { a: Int }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'two operations without a name',
    { query: 'query A { __typename } query B { __typename }' },
    'OPERATION_RESOLUTION_FAILURE',
  ],
  [
    'an operation of another name',
    { query: 'query A { __typename }', operationName: 'B' },
    'OPERATION_RESOLUTION_FAILURE',
  ],
  [
    '__proto__ as the name',
    { query: 'query A { __typename }', operationName: '__proto__' },
    'OPERATION_RESOLUTION_FAILURE',
  ],
  ['a field almost right', { query: '{ shopp { name } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['the schema', { query: '{ __schema { types { name } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['one type', { query: '{ __type(name: "AuditEvent") { name } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'entities of the services',
    { query: '{ _entities(representations: [{ __typename: "Order", id: "x" }]) { __typename } }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['the text of a service', { query: '{ _service { sdl } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['what is for the staff', { query: '{ sessions { nodes { id } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['what is for operators', { query: '{ apiClients { nodes { id } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a mutation of operators',
    {
      query: 'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { secret } }',
      variables: { input: {} },
    },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a variable that is missing', { query: 'query ($id: ID!) { session(id: $id) { id } }' }, 'BAD_USER_INPUT'],
  [
    'a variable of null',
    { query: 'query ($id: ID!) { session(id: $id) { id } }', variables: { id: null } },
    'BAD_USER_INPUT',
  ],
  [
    'an object as an id',
    { query: 'query ($id: ID!) { session(id: $id) { id } }', variables: { id: { $ne: null } } },
    'BAD_USER_INPUT',
  ],
  [
    'a page of 2^40',
    { query: 'query ($n: Int) { products(first: $n) { nodes { id } } }', variables: { n: 2 ** 40 } },
    'BAD_USER_INPUT',
  ],
  ['a cursor that is none', { query: '{ products(after: "\' OR 1=1") { nodes { id } } }' }, 'BAD_USER_INPUT'],
];

/** Documents that ask for what there is not. */
export const wrongDocuments: readonly Input[] = wrong.map(([what, body, code]) => ({
  what,
  refusal: `${what === 'a cursor that is none' ? 200 : 400} ${code}`,
  send: (world) => world.post(body),
}));
