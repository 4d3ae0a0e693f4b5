import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  separateOperations,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { codedError, type ErrorCode } from '@supportgraph/subgraph';
import type { Operation } from '../execute/operation.js';
import { exceeded, type Limits } from './limits.js';
import { lru } from './lru.js';

/** Turns text into operations that may be carried out. */
export interface Documents {
  /** The operation that a text and name mean, or why there is none. */
  read(text: string, operationName: string | null | undefined): Operation | readonly GraphQLError[];
}

export interface DocumentsOptions {
  schema: GraphQLSchema;
  limits: Limits;
  /** Whether the schema may be asked for. */
  introspection: boolean;
  /** Characters of documents to remember. @default 4_000_000 */
  rememberedCharacters?: number;
}

/** Valid documents are remembered with all that was found out about them; bad ones are not, so that they cannot push good ones out. */
export function openDocuments(options: DocumentsOptions): Documents {
  const { schema, limits, introspection, rememberedCharacters = 4_000_000 } = options;
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const remembered = lru<string, KnownDocument>(rememberedCharacters);

  const check = (text: string): KnownDocument | readonly GraphQLError[] => {
    const document = parsed(text, limits);
    if (document instanceof GraphQLError) return [document];
    const tooLarge = exceeded(document, limits);
    if (tooLarge.length) return tooLarge.slice(0, limits.errors);
    const errors = validate(schema, document, rules, { maxErrors: limits.errors - 1 });
    if (errors.length) return errors.map(invalid);
    return { document, operations: new Map() };
  };

  return {
    read(text, operationName) {
      let known = remembered.get(text);
      if (!known) {
        const checked = check(text);
        if (!('document' in checked)) return checked;
        remembered.set(text, (known = checked), text.length);
      }
      return operationOf(known, operationName, schema);
    },
  };
}

interface KnownDocument {
  document: DocumentNode;
  operations: Map<string, Operation>;
}

function parsed(text: string, { tokens }: Limits): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens: tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return withCode(error, 'GRAPHQL_PARSE_FAILED');
  }
}

function operationOf(known: KnownDocument, name: string | null | undefined, schema: GraphQLSchema) {
  const definition = getOperationAST(known.document, name || undefined);
  if (!definition) return [noOperation(name)];
  const key = definition.name?.value ?? '';
  let operation = known.operations.get(key);
  if (!operation) {
    // Alone with its fragments: what stands beside it in the text neither needs permission nor is planned.
    const document = separateOperations(known.document)[key]!;
    operation = { document, definition, fields: fieldsOf(document, schema) };
    known.operations.set(key, operation);
  }
  return operation;
}

function noOperation(name: string | null | undefined): GraphQLError {
  const message = name
    ? 'The document has no operation of this name.'
    : 'The document has no operation, or several: then name one.';
  return codedError('OPERATION_RESOLUTION_FAILURE', message);
}

/** All fields of a document as `Type.field`, and arguments as `Type.field(argument)`. */
function fieldsOf(document: DocumentNode, schema: GraphQLSchema): Set<string> {
  const fields = new Set<string>();
  const types = new TypeInfo(schema);
  const enter = () => {
    const parent = types.getParentType();
    const field = types.getFieldDef();
    return parent && field ? `${parent.name}.${field.name}` : '';
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => void fields.add(enter()),
      Argument: ({ name }) => void (types.getDirective() ?? fields.add(`${enter()}(${name.value})`)),
    }),
  );
  return fields;
}

/** A validation error without the names that graphql-js guesses: they would tell what the caller may not see. */
function invalid(error: GraphQLError): GraphQLError {
  return withCode(error, 'GRAPHQL_VALIDATION_FAILED');
}

function withCode({ message, nodes, source, positions }: GraphQLError, code: ErrorCode): GraphQLError {
  const said = message.replace(/ ?Did you mean[^]*$/, '');
  return new GraphQLError(said, { nodes, source, positions, extensions: { code } });
}

/** Whether an operation changes something. */
export function isMutation({ definition }: Operation): boolean {
  return definition.operation === OperationTypeNode.MUTATION;
}

/** Whether an operation is followed rather than answered. */
export function isSubscription({ definition }: Operation): boolean {
  return definition.operation === OperationTypeNode.SUBSCRIPTION;
}
