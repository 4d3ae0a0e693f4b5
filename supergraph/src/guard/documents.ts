import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  separateOperations,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { codedError, type ErrorCode } from '@supportgraph/subgraph';
import type { Operation } from '../execute/operation.js';
import { type ContractName, type Contracts, contractNames } from './contracts.js';
import type { Price, Prices } from './cost.js';
import { type Breach, type LimitName, type Limits, measureDocument } from './limits.js';
import { lru } from './lru.js';

/** An operation with what the guard found out about it. */
export interface KnownOperation extends Operation {
  price: Price;
  /** Whether it asks for the schema. */
  introspects: boolean;
  /** Whether its text is one of our own pages'. */
  isTrusted: boolean;
}

/** Turns text into operations that may be carried out. */
export interface Documents {
  /** The operation that a text and name mean under a contract, or why there is none. */
  read(text: string, operationName: string | null | undefined, contract: ContractName): Reading;
  /** The same if it was read before; null if it has to be read. */
  known(text: string, operationName: string | null | undefined, contract: ContractName): KnownOperation | null;
}

export type Reading = { ok: true; operation: KnownOperation } | { ok: false; errors: readonly GraphQLError[] };

export interface DocumentsOptions {
  contracts: Contracts;
  prices: Prices;
  limits: Limits;
  isTrusted(text: string): boolean;
  /** Told of each limit that a document is over; whether it is refused for that. */
  over(limit: LimitName): boolean;
  /** What the documents that are remembered under each contract may weigh, in bytes. @default 100_000_000 */
  rememberedBytes?: number;
}

/**
 * What a document that is remembered weighs with its plan and price, in bytes. A document of 20 characters took 7 KB, all
 * told, and one of 2,800 that asks `node` for three types at each of nine roots 790 KB (27 November 2026, Node 20): counted
 * by its characters alone, a flood of either would fill gigabytes.
 */
function weightOf(text: string): number {
  return 10_000 + 280 * text.length;
}

/** Limits that our own pages' documents are exempt from: they were looked at when they were written. */
const limitsOfStrangers: readonly LimitName[] = ['depth', 'aliases', 'rootFields'];

/** Valid documents are remembered with all that was found out about them; bad ones are not, so that they cannot push good ones out. */
export function openDocuments(options: DocumentsOptions): Documents {
  const { contracts, prices, limits, isTrusted, over, rememberedBytes = 100_000_000 } = options;
  const remembered = byContract(() => lru<string, KnownDocument>(rememberedBytes));

  const check = (text: string, contract: ContractName): KnownDocument | readonly GraphQLError[] => {
    const document = parsed(text, limits);
    if (document instanceof GraphQLError) return [document];
    const trusted = isTrusted(text);
    const { breaches, faults } = measureDocument(document, limits);
    const counts = ({ limit }: Breach) => !(trusted && limitsOfStrangers.includes(limit)) && over(limit);
    const tooLarge = breaches.filter(counts).map(({ error }) => error);
    if (tooLarge.length || faults.length) return [...tooLarge, ...faults].slice(0, limits.errors);
    const errors = validate(contracts[contract], document, undefined, { maxErrors: limits.errors - 1 });
    if (errors.length) return errors.slice(0, limits.errors).map(invalid);
    return { document, isTrusted: trusted, operations: new Map() };
  };

  return {
    read(text, operationName, contract) {
      let known = remembered[contract].get(text);
      if (!known) {
        const checked = check(text, contract);
        if (!('document' in checked)) return { ok: false, errors: checked };
        remembered[contract].set(text, (known = checked), weightOf(text));
      }
      return operationOf(known, operationName, contracts[contract], prices);
    },
    known(text, operationName, contract) {
      const known = remembered[contract].get(text);
      const definition = known && getOperationAST(known.document, operationName || undefined);
      return (definition && known.operations.get(nameOf(definition))) ?? null;
    },
  };
}

function byContract<T>(make: () => T): Record<ContractName, T> {
  // One for each name, so it is complete.
  return Object.fromEntries(contractNames.map((name) => [name, make()])) as Record<ContractName, T>;
}

interface KnownDocument {
  document: DocumentNode;
  isTrusted: boolean;
  operations: Map<string, KnownOperation>;
}

function parsed(text: string, { tokens }: Limits): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens: tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return withCode(error, 'GRAPHQL_PARSE_FAILED');
  }
}

function operationOf(
  known: KnownDocument,
  name: string | null | undefined,
  schema: GraphQLSchema,
  prices: Prices,
): Reading {
  const definition = getOperationAST(known.document, name || undefined);
  if (!definition) return { ok: false, errors: [noOperation(name)] };
  const key = nameOf(definition);
  let operation = known.operations.get(key);
  if (!operation) {
    // Alone with its fragments: what stands beside it in the text neither needs permission nor is planned.
    const document = separateOperations(known.document)[key]!;
    const bare = { document, definition, fields: fieldsOf(document, schema), contract: schema };
    const { isTrusted } = known;
    operation = { ...bare, price: prices.price(bare), introspects: introspects(document), isTrusted };
    known.operations.set(key, operation);
  }
  return { ok: true, operation };
}

/** As the operations of a document are told apart: the one without a name stands alone. */
function nameOf({ name }: OperationDefinitionNode): string {
  return name?.value ?? '';
}

function introspects(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.FIELD]({ name }) {
      if (name.value === '__schema' || name.value === '__type') found = true;
    },
  });
  return found;
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
