import type { Role } from '@supportgraph/kernel';
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  printSchema,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';

/*
 * What each role may know of: `@tag(name: "staff")` and `@tag(name: "operator")` in the subgraphs' schemas say what is
 * not for everybody. A contract is the schema without what is not for the role, and without what only that led to. An
 * operation is validated against its caller's contract, so a field outside of it is answered exactly like one that does
 * not exist, and introspection tells of it as little. Whose objects one may see is decided by the services.
 */

export const contractNames = ['public', 'staff', 'operator'] as const;
export type ContractName = (typeof contractNames)[number];
export type Contracts = Readonly<Record<ContractName, GraphQLSchema>>;

/** Tags that hide something, with the contracts that have it all the same. Other tags say nothing. */
const contractsOfTag: Readonly<Record<string, readonly ContractName[]>> = {
  staff: ['staff', 'operator'],
  operator: ['operator'],
};

/** The contract of a role. */
export function contractOf(role: Role): ContractName {
  switch (role) {
    case 'OPERATOR':
      return 'operator';
    case 'STAFF':
      return 'staff';
    case 'PARTNER':
    case 'CUSTOMER':
    case 'ANONYMOUS':
      return 'public';
  }
}

/** Makes the contracts of a supergraph: its tags are read from the composed text, its API schema is what clients see. */
export function makeContracts(supergraphSdl: string, apiSchema: GraphQLSchema): Contracts {
  const tags = readTags(parse(supergraphSdl, { noLocation: true }));
  const api = parse(printSchema(apiSchema), { noLocation: true });
  const make = (name: ContractName) => buildASTSchema(contractDocument(api, tags, name), { assumeValid: true });
  return { public: make('public'), staff: make('staff'), operator: make('operator') };
}

/** For each `Type`, `Type.field` and `Type.field.argument` with tags that hide it: the contracts that have it. */
export type HidingTags = ReadonlyMap<string, readonly ContractName[]>;

/** Reads the tags that hide something. */
export function readTags(supergraph: DocumentNode): HidingTags {
  const tags = new Map<string, readonly ContractName[]>();
  const note = (coordinate: string, { directives = [] }: { directives?: readonly ConstDirectiveNode[] }) => {
    const having = directives
      .filter(({ name }) => name.value === 'tag')
      .flatMap(({ arguments: given = [] }) => given.find(({ name }) => name.value === 'name')?.value ?? [])
      .flatMap((value) => (value.kind === Kind.STRING ? (contractsOfTag[value.value] ?? []) : []));
    if (having.length) tags.set(coordinate, [...(tags.get(coordinate) ?? []), ...having]);
  };
  for (const type of supergraph.definitions) {
    if (!isTypeDefinitionNode(type)) continue;
    const typeName = type.name.value;
    note(typeName, type);
    for (const member of membersOf(type)) {
      const coordinate = `${typeName}.${member.name.value}`;
      note(coordinate, member);
      const parameters = 'arguments' in member ? (member.arguments ?? []) : [];
      for (const parameter of parameters) note(`${coordinate}.${parameter.name.value}`, parameter);
    }
  }
  return tags;
}

/** Fields or values of a type. */
function membersOf(type: TypeDefinitionNode) {
  if (type.kind === Kind.ENUM_TYPE_DEFINITION) return type.values ?? [];
  return 'fields' in type ? (type.fields ?? []) : [];
}

function contractDocument(api: DocumentNode, tags: HidingTags, name: ContractName): DocumentNode {
  const isHidden = (coordinate: string) => tags.has(coordinate) && !tags.get(coordinate)!.includes(name);
  const types = api.definitions.filter(isTypeDefinitionNode).filter((type) => !isHidden(type.name.value));
  const left = new Map(types.map((type) => [type.name.value, type]));
  // What lost its last field or value takes with it what leads to it, until nothing more goes.
  for (let size = -1; size !== left.size;) {
    size = left.size;
    for (const [typeName, type] of left) {
      const filtered = withoutHidden(type, isHidden, (known) => left.has(known) || isBuiltIn(known));
      if (isEmpty(filtered)) left.delete(typeName);
      else left.set(typeName, filtered);
    }
  }
  const reached = reachable(left);
  const rest: DefinitionNode[] = api.definitions.filter((definition) => !isTypeDefinitionNode(definition));
  return { kind: Kind.DOCUMENT, definitions: [...rest, ...[...left.values()].filter((type) => reached.has(type))] };
}

function withoutHidden(
  type: TypeDefinitionNode,
  isHidden: (coordinate: string) => boolean,
  isThere: (typeName: string) => boolean,
): TypeDefinitionNode {
  const named = { ...type };
  const stays = (at: string, node: { name: { value: string }; type: TypeNode }) =>
    !isHidden(`${at}.${node.name.value}`) && isThere(namedType(node.type));
  switch (named.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = (named.fields ?? [])
        .filter((field) => stays(type.name.value, field))
        .map((field) => {
          const at = `${type.name.value}.${field.name.value}`;
          return { ...field, arguments: field.arguments?.filter((argument) => stays(at, argument)) };
        });
      return { ...named, fields, interfaces: named.interfaces?.filter((each) => isThere(each.name.value)) };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...named, fields: named.fields?.filter((field) => stays(type.name.value, field)) };
    case Kind.ENUM_TYPE_DEFINITION:
      return {
        ...named,
        values: named.values?.filter((value) => !isHidden(`${type.name.value}.${value.name.value}`)),
      };
    case Kind.UNION_TYPE_DEFINITION:
      return { ...named, types: named.types?.filter((each) => isThere(each.name.value)) };
    case Kind.SCALAR_TYPE_DEFINITION:
      return named;
  }
}

function isEmpty(type: TypeDefinitionNode): boolean {
  switch (type.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
      return false;
    case Kind.UNION_TYPE_DEFINITION:
      return !type.types?.length;
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return membersOf(type).length === 0;
  }
}

/** The types that a client can get to from a root; whoever implements an interface that it gets to is among them. */
function reachable(types: ReadonlyMap<string, TypeDefinitionNode>): Set<TypeDefinitionNode> {
  const reached = new Set<TypeDefinitionNode>();
  const implementing = (name: string) =>
    [...types.values()].filter(
      (type) => 'interfaces' in type && type.interfaces?.some((each) => each.name.value === name),
    );
  const visit = (typeName: string): void => {
    const type = types.get(typeName);
    if (!type || reached.has(type)) return;
    reached.add(type);
    if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) implementing(typeName).forEach((each) => visit(each.name.value));
    if (type.kind === Kind.UNION_TYPE_DEFINITION) type.types?.forEach((each) => visit(each.name.value));
    if ('interfaces' in type) type.interfaces?.forEach((each) => visit(each.name.value));
    for (const member of membersOf(type)) {
      if ('type' in member) visit(namedType(member.type));
      if ('arguments' in member) member.arguments?.forEach((argument) => visit(namedType(argument.type)));
    }
  };
  for (const root of ['Query', 'Mutation', 'Subscription']) visit(root);
  return reached;
}

function isBuiltIn(typeName: string): boolean {
  return ['ID', 'String', 'Int', 'Float', 'Boolean'].includes(typeName);
}

function namedType(type: TypeNode): string {
  let inner = type;
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
  return inner.name.value;
}
