import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLSchema, getOperationAST, getVariableValues, parse } from 'graphql';
import { expect, test } from 'vitest';
import supergraphSdl from '../../supergraph/schema.graphql';
import { type ContractName, contractNames, makeContracts } from '../../supergraph/src/guard/contracts.js';
import { defaultLimits, measureDocument } from '../../supergraph/src/guard/limits.js';
import { examples, examplesFor, operationOf, seenIn } from '../src/explorer/examples.js';

const contracts = makeContracts(supergraphSdl, Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema());
const nothing = { session: null, turn: null, order: null };
const seen = { session: 'ses_1', turn: 'trn_1', order: 'ord_1' };

/** Which contracts have an example, and which do not. */
const titlesIn = (name: ContractName) => examplesFor(contracts[name]).map(({ title }) => title);

test('operators have all examples, and each of the others those that they may know of', () => {
  expect(titlesIn('operator')).toEqual(examples.map(({ title }) => title));
  const hidden = (name: ContractName) => examples.filter((example) => !examplesFor(contracts[name]).includes(example));
  expect(hidden('staff').map(({ title }) => title)).toEqual(['What the agents cost']);
  expect(hidden('public').every(({ text }) => /^For (staff|operators):/.test(text))).toBe(true);
  expect(titlesIn('public').length).toBe(examples.length - 4);
});

test.each(examples.map((example) => [example.title, example] as const))(
  'the example "%s" is whole: within the limits of strangers, with variables that fit',
  (_title, example) => {
    const { query, variables } = operationOf(example, seen);
    const document = parse(query);
    expect(measureDocument(document, defaultLimits)).toEqual({ breaches: [], faults: [] });
    const definition = getOperationAST(document)!;
    const name = contractNames.find((each) => examplesFor(contracts[each]).includes(example))!;
    const schema: GraphQLSchema = contracts[name];
    const given: unknown = variables ? JSON.parse(variables) : {};
    // JSON that is an object, as each example's is.
    const values = getVariableValues(schema, definition.variableDefinitions ?? [], given as Record<string, unknown>);
    expect(values.errors).toBeUndefined();
    // GraphiQL shows them from their first column.
    expect(query).toMatch(/^(query|mutation|subscription) \w+/);
  },
);

test('an example that changes something has a new idempotency key each time', () => {
  const changing = examples.filter(({ query }) => query.includes('mutation'));
  expect(changing.length).toBeGreaterThan(2);
  const keyOf = (example: (typeof examples)[number]) => /"idempotencyKey": "(\w{32})"/.exec(operationOf(example, nothing).variables)![1]; // prettier-ignore
  for (const example of changing) expect(keyOf(example)).not.toBe(keyOf(example));
});

test('what was seen in answers is filled in, and kept until something newer is seen', () => {
  const first = seenIn({ data: { startSession: { session: { id: 'ses_a' } } } }, nothing);
  const both = seenIn({ data: { sendMessage: { turn: { id: 'trn_b' } } } }, first);
  expect(both).toEqual({ session: 'ses_a', turn: 'trn_b', order: null });
  const follow = examples.find(({ title }) => title === '3. Follow the reply')!;
  expect(operationOf(follow, both).variables).toContain('"turnId": "trn_b"');
  expect(seenIn({ data: { session: { id: 'ses_c' } } }, both).session).toBe('ses_c');
});
