import { badUserInput } from '@supportgraph/subgraph';
import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import type { Operation, Variables } from '../execute/operation.js';

/*
 * graphql-js checks variables too, but its messages hold the values, which may be personal. These hold names and types.
 */

/** Why values do not fit an operation's variables; empty if they do. At most `limit` errors. */
export function badVariables(
  schema: GraphQLSchema,
  { definition }: Operation,
  variables: Variables,
  limit: number,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  // Ends the walk through a value: one of a hundred thousand faults would be looked at for seconds, to be told five.
  const enough = new Error();
  const tell = (message: string) => {
    errors.push(badUserInput(message));
    if (errors.length >= limit) throw enough;
  };
  try {
    check(schema, definition, variables, tell);
  } catch (fault) {
    if (fault !== enough) throw fault;
  }
  return errors;
}

function check(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  variables: Variables,
  tell: (message: string) => void,
): void {
  for (const { name, type, isRequired } of declared(schema, definition)) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined) {
      if (isRequired) tell(`The variable "$${name}" of type ${type} is required.`);
    } else if (value === null && isNonNullType(type)) {
      tell(`The variable "$${name}" of type ${type} must not be null.`);
    } else {
      coerceInputValue(value, type, (path, _value, { message }) => {
        const place = ['$' + name, ...path].join('.');
        tell(`"${place}": ${withoutValue(message, typeAt(type, path))}`);
      });
    }
  }
}

function declared(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
  return variableDefinitions.flatMap(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node);
    // Validation has refused variables of output types.
    if (!isInputType(type)) return [];
    return [{ name: variable.name.value, type, isRequired: isNonNullType(type) && !defaultValue }];
  });
}

/** Messages about the shape name types and fields only; those about a scalar or enum quote the value. */
function withoutValue(message: string, type: GraphQLInputType | undefined): string {
  const isAboutLeaf = isLeafType(isNonNullType(type) ? type.ofType : type);
  const isAboutNull = message.startsWith('Expected non-nullable');
  if (isAboutLeaf && !isAboutNull) return `Expected a value of type "${isNonNullType(type) ? type.ofType : type}".`;
  return message.replace(/ ?Did you mean[^]*$/, '');
}

/** The type of the value at a path inside a value of a type. */
function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType | undefined {
  const nullable = isNonNullType(type) ? type.ofType : type;
  // A single value stands for a list of one, without a step in the path.
  if (isListType(nullable)) return typeAt(nullable.ofType, typeof path[0] === 'number' ? path.slice(1) : path);
  if (path.length === 0) return type;
  const field = isInputObjectType(nullable) ? nullable.getFields()[path[0]!] : undefined;
  return field && typeAt(field.type, path.slice(1));
}
