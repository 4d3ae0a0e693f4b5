import { Supergraph } from '@apollo/federation-internals';
import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql';
import { expect, test } from 'vitest';
import { acceptedIn, breaksBetween } from '../scripts/checkSchema.js';
import supergraphSdl from '../supergraph/schema.graphql';

const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

/** Mutations that may be sent again without a key, and why that is safe. */
const idempotentByNature: Readonly<Record<string, string>> = {
  rateFaq: 'One rating for each viewer: the same again is the same.',
  updateShopSettings: 'Sets values; the same values again change nothing.',
  cancelReturn: 'A return that is called off already is refused, and stays called off.',
  cancelExchange: 'An exchange that is called off already is refused, and stays called off.',
  cancelTurn: 'Stopping a turn that has ended does nothing.',
  setTyping: 'Fades by itself; nothing is kept.',
  correctRoute: 'The same correction again is the same.',
  setBudget: 'Sets a limit; the same limit again changes nothing.',
  closeSession: 'Closing a closed session does nothing.',
  revokeApiClient: 'A revoked client stays revoked.',
};

test('every mutation takes an idempotency key, or is listed as one that needs none', () => {
  const keyless = Object.values(schema.getMutationType()!.getFields()).filter(({ args }) => {
    const input = args[0] && getNamedType(args[0].type);
    return !isInputObjectType(input) || !input.getFields().idempotencyKey;
  });
  expect(keyless.map(({ name }) => name).sort()).toEqual(Object.keys(idempotentByNature).sort());
});

/** Lists of objects that no argument limits and `@listSize` does not count, and what limits them. */
const limitedOtherwise: Readonly<Record<string, string>> = {
  'BusinessHours.spans': 'The shop sets a few for each day of the week.',
  'TurnRouted.routes': 'One for each intent that was found in a message.',
};

test('every list of objects is a page, has a size, or is listed with what limits it', () => {
  const sized = new Set(
    parse(supergraphSdl).definitions.flatMap((definition) =>
      'fields' in definition && definition.name && 'value' in definition.name
        ? (definition.fields ?? [])
            .filter(({ directives }) => directives?.some(({ name }) => name.value === 'listSize'))
            .map(({ name }) => `${(definition.name as { value: string }).value}.${name.value}`)
        : [],
    ),
  );
  const unlimited = fieldsOf(types).filter(
    ({ owner, field }) =>
      isListType(isNonNullType(field.type) ? field.type.ofType : field.type) &&
      // Scalars come with their row.
      !isLeafType(getNamedType(field.type)) &&
      !/Connection$/.test(owner) &&
      // No more than there are arguments to be wrong.
      field.name !== 'userErrors' &&
      !sized.has(`${owner}.${field.name}`),
  );
  expect(unlimited.map(({ owner, field }) => `${owner}.${field.name}`).sort()).toEqual(
    Object.keys(limitedOtherwise).sort(),
  );
});

test('no type is left that nothing leads to', () => {
  const reached = new Set<string>();
  const visit = (type: GraphQLNamedType): void => {
    if (reached.has(type.name)) return;
    reached.add(type.name);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        visit(getNamedType(field.type));
        for (const argument of field.args) visit(getNamedType(argument.type));
      }
      for (const each of type.getInterfaces()) visit(each);
    }
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) visit(getNamedType(field.type));
    if (isInterfaceType(type) || isUnionType(type)) for (const each of schema.getPossibleTypes(type)) visit(each);
  };
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) visit(type!);
  const own = types
    .map(({ name }) => name)
    .filter((name) => !['Boolean', 'Float', 'ID', 'Int', 'String'].includes(name));
  expect(own.filter((name) => !reached.has(name))).toEqual([]);
});

function fieldsOf(all: readonly GraphQLNamedType[]): { owner: string; field: GraphQLField<unknown, unknown> }[] {
  return all.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).map((field) => ({ owner: type.name, field }))
      : [],
  );
}

test('a field that is gone breaks clients; a new one does not', async () => {
  const address = /type Address\n[^{]*\{\n/;
  const withDistrict = supergraphSdl.replace(address, '$&  "Part of town."\n  district: String\n');
  expect(await breaksBetween(supergraphSdl, withDistrict)).toEqual([]);
  expect(await breaksBetween(withDistrict, supergraphSdl)).toEqual([
    { path: 'Address.district', message: "Field 'district' was removed from object type 'Address'" },
  ]);
});

test('a break is accepted only with a reason', () => {
  expect(acceptedIn('# meant\nQuery.order because orders are found by number only\n')).toEqual(
    new Set(['Query.order']),
  );
  expect(() => acceptedIn('Query.order\n')).toThrow('PATH because REASON');
});
