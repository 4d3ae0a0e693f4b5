import type { Role, Viewer } from '@supportgraph/kernel';
import { codedError } from '@supportgraph/subgraph';
import {
  type ConstDirectiveNode,
  type GraphQLError,
  isTypeDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NamedTypeNode,
  parse,
  type TypeNode,
} from 'graphql';
import type { Operation } from '../execute/operation.js';

/*
 * Who may ask for what: `@tag(name: "staff")` and `@tag(name: "operator")` in the subgraphs' schemas say which fields are
 * not for everybody. A field counts as tagged if it, its type or the type it leads to is. Whose objects one may see is
 * decided by the services.
 */

/** What a tag says of who may pass. Other tags say nothing. */
const rolesOfTag: Readonly<Record<string, readonly Role[]>> = {
  staff: ['STAFF', 'OPERATOR'],
  operator: ['OPERATOR'],
};

/** The rules of one supergraph. */
export interface Access {
  /** Why a viewer may not carry out an operation; empty if they may. */
  refusals(operation: Operation, viewer: Viewer): GraphQLError[];
}

/** Reads the rules off a supergraph's tags, once. */
export function openAccess(supergraphSdl: string): Access {
  const rules = readRules(supergraphSdl);
  // Operations are remembered by the guard, and most need no role at all.
  const needs = new WeakMap<Operation, readonly (readonly Role[])[]>();
  const needsOf = (operation: Operation) => {
    let needed = needs.get(operation);
    if (!needed) needs.set(operation, (needed = [...operation.fields].flatMap((field) => rules.get(field) ?? [])));
    return needed;
  };
  return {
    refusals(operation, { role }) {
      return needsOf(operation).every((roles) => roles.includes(role)) ? [] : [codedError('FORBIDDEN')];
    },
  };
}

/** For each `Type.field` and `Type.field(argument)` that is not for everybody: sets of roles, of each of which one is needed. */
function readRules(supergraphSdl: string): Map<string, (readonly Role[])[]> {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const types = definitions.filter(isTypeDefinitionNode);
  const ofType = new Map(types.map((type) => [type.name.value, rolesOf(type)] as const));
  const rules = new Map<string, (readonly Role[])[]>();
  const note = (coordinate: string, ...roles: (readonly Role[] | null | undefined)[]) => {
    const needed = roles.filter((set) => set != null);
    if (needed.length) rules.set(coordinate, needed);
  };
  for (const type of types) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      note(coordinate, ofType.get(type.name.value), rolesOf(field), ofType.get(namedType(field.type)));
      for (const argument of field.arguments ?? [])
        note(`${coordinate}(${argument.name.value})`, ...ofArgument(argument));
    }
  }
  return rules;

  function ofArgument(argument: InputValueDefinitionNode) {
    return [rolesOf(argument), ofType.get(namedType(argument.type))];
  }
}

/** Roles that the tags of one element let pass, or null if it has no such tag. */
function rolesOf({ directives = [] }: { directives?: readonly ConstDirectiveNode[] }): readonly Role[] | null {
  const roles = directives
    .filter(({ name }) => name.value === 'tag')
    .flatMap(({ arguments: given }) => given?.find(({ name }) => name.value === 'name')?.value ?? [])
    .flatMap((value) => (value.kind === Kind.STRING ? (rolesOfTag[value.value] ?? []) : []));
  return roles.length ? roles : null;
}

function namedType(type: TypeNode): string {
  let inner = type;
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
  return (inner satisfies NamedTypeNode).name.value;
}
