import type { GraphQLError } from 'graphql';
import {
  coerceInputValue,
  type DocumentNode,
  getOperationAST,
  type GraphQLSchema,
  isInputType,
  type OperationDefinitionNode,
  parse,
  typeFromAST,
  validate,
} from 'graphql';
import { badUserInput, codedError, codeOf } from './errors.js';
import type { SubgraphOperation } from './response.js';

const mostErrors = 5;

/** A document that fits the schema, or why it does not. */
export type CheckedDocument = { ok: true; document: DocumentNode } | { ok: false; errors: readonly GraphQLError[] };

/** Parses and validates each document once; the least recently used goes first when they are more than `capacity`, or longer together than `characters`. */
export function checkedDocuments(
  schema: GraphQLSchema,
  capacity = 1_000,
  characters = 1_000_000,
): (query: string) => CheckedDocument {
  const known = new Map<string, CheckedDocument>();
  let length = 0;
  const forget = (query: string) => {
    if (known.delete(query)) length -= query.length;
  };
  return (query) => {
    const checked = known.get(query) ?? checkDocument(schema, query);
    forget(query);
    known.set(query, checked);
    length += query.length;
    while (known.size > capacity || length > characters) forget(known.keys().next().value!);
    return checked;
  };
}

function checkDocument(schema: GraphQLSchema, query: string): CheckedDocument {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true });
  } catch {
    return { ok: false, errors: [codedError('GRAPHQL_PARSE_FAILED')] };
  }
  const errors = validate(schema, document, undefined, { maxErrors: mostErrors });
  return errors.length ? { ok: false, errors: shownErrors(errors) } : { ok: true, document };
}

/** A value in the document that a scalar refused is the caller's mistake; anything else says too much of the schema. */
function shownErrors(errors: readonly GraphQLError[]): GraphQLError[] {
  const ofValues = errors.filter((error) => codeOf(error) === 'BAD_USER_INPUT');
  return ofValues.length === errors.length ? ofValues : [codedError('GRAPHQL_VALIDATION_FAILED')];
}

/** The operation that is meant, or an error. */
export function chooseOperation(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | GraphQLError {
  return getOperationAST(document, name) ?? codedError('OPERATION_RESOLUTION_FAILURE');
}

/**
 * Checks variables as graphql-js does, but says where a value is wrong without repeating it.
 * Returns the errors; graphql-js coerces the values again when it executes.
 */
export function checkVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  { variables = {} }: SubgraphOperation,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  // Ends the walk through a value with countless faults.
  const enough = new Error();
  const tell = (message: string) => {
    errors.push(badUserInput(message));
    if (errors.length >= mostErrors) throw enough;
  };
  try {
    check(schema, operation, variables, tell);
  } catch (fault) {
    if (fault !== enough) throw fault;
  }
  return errors;
}

function check(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  tell: (message: string) => void,
): void {
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue; // Validation has refused such a document.
    if (!Object.hasOwn(variables, name)) {
      const isMissing = definition.type.kind === 'NonNullType' && !definition.defaultValue;
      if (isMissing) tell(`The variable "$${name}" is missing.`);
      continue;
    }
    coerceInputValue(variables[name], type, (path, _value, error) => {
      const place = [`$${name}`, ...path].join('.');
      tell(`The value of "${place}" is not allowed.${codeOf(error) ? ` ${error.message}` : ''}`);
    });
  }
}
