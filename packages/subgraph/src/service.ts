import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  createSourceEventStream,
  execute,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  type OperationDefinitionNode,
  parse,
  type DocumentNode,
} from 'graphql';
import { withDeadline } from './deadline.js';
import { checkedDocuments, checkVariables, chooseOperation } from './documents.js';
import { asGraphQLError, codedError, maskError } from './errors.js';
import { interruptible } from './interruptible.js';
import type { GraphQLResponse, SubgraphOperation } from './response.js';
import { scalars } from './scalars.js';
import type { ResolverMap, Subgraph, SubgraphRequest } from './subgraph.js';

/** One request to a service. */
export interface ServiceRequest extends SubgraphRequest {
  /** When the answer is no longer of use, in ms since 1970. For a subscription only its opening is meant. @default never */
  deadline?: number;
}

/** A subgraph that can be asked. Nothing rejects: faults are responses with masked errors. */
export interface Service {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** Answers a query or mutation. */
  execute(operation: SubgraphOperation, request: ServiceRequest): Promise<GraphQLResponse>;
  /** The stream of a subscription, or the response that says why there is none. A stream that breaks ends with one response with errors. */
  subscribe(
    operation: SubgraphOperation,
    request: ServiceRequest,
  ): Promise<AsyncIterableIterator<GraphQLResponse> | GraphQLResponse>;
}

/** Makes a subgraph ready to be asked: builds its schema once, and throws if resolvers and schema do not fit. */
export function buildService<Context extends object>(subgraph: Subgraph<Context>): Service {
  const schema = buildSchema(subgraph);
  const check = checkedDocuments(schema);

  const prepare = (operation: SubgraphOperation, kinds: readonly string[]): Prepared => {
    const checked = check(operation.query);
    if (!checked.ok) return checked;
    const chosen = chooseOperation(checked.document, operation.operationName);
    if (chosen instanceof GraphQLError) return { ok: false, errors: [chosen] };
    if (!kinds.includes(chosen.operation)) return { ok: false, errors: [codedError('OPERATION_RESOLUTION_FAILURE')] };
    const errors = checkVariables(schema, chosen, operation);
    return errors.length ? { ok: false, errors } : { ...checked, chosen };
  };
  const argumentsOf = ({ document }: Ready, operation: SubgraphOperation, request: SubgraphRequest) => ({
    schema,
    document,
    operationName: operation.operationName,
    variableValues: operation.variables,
    contextValue: subgraph.context(request),
  });

  return {
    name: subgraph.name,
    schema,

    async execute(operation, request) {
      const prepared = prepare(operation, ['query', 'mutation']);
      if (!prepared.ok) return refusal(prepared.errors, request);
      try {
        const { signal, deadline } = request;
        return await withDeadline(signal, deadline, async (signal) =>
          respond(await execute(argumentsOf(prepared, operation, { ...request, signal })), request),
        );
      } catch (fault) {
        return refusal([fault], request);
      }
    },

    async subscribe(operation, request) {
      const prepared = prepare(operation, ['subscription']);
      if (!prepared.ok) return refusal(prepared.errors, request);
      try {
        const source = await open(() => createSourceEventStream(argumentsOf(prepared, operation, request)), request);
        if (!(Symbol.asyncIterator in source)) return respond(source, request);
        const answer = async (event: unknown) =>
          // A context of its own for each event: a loader must not answer with what it read for an earlier one.
          respond(await execute({ ...argumentsOf(prepared, operation, request), rootValue: event }), request);
        return answers(interruptible(source[Symbol.asyncIterator](), request.signal), answer, request);
      } catch (fault) {
        return refusal([fault], request);
      }
    },
  };
}

interface Ready {
  ok: true;
  document: DocumentNode;
  chosen: OperationDefinitionNode;
}
type Prepared = Ready | { ok: false; errors: readonly GraphQLError[] };
type Source = AsyncIterable<unknown> | ExecutionResult;

/** Opens a source before the deadline; one that comes too late is closed again. */
async function open(start: () => Promise<Source>, { signal, deadline }: ServiceRequest): Promise<Source> {
  let opening: Promise<Source> | undefined;
  const discard = (source: Source) => {
    if (Symbol.asyncIterator in source) void source[Symbol.asyncIterator]().return?.();
  };
  try {
    return await withDeadline(signal, deadline, () => (opening = start()));
  } catch (fault) {
    opening?.then(discard, () => {}); // If it fails late, nothing was opened.
    throw fault;
  }
}

/** The response to each event; a fault becomes the last response. */
function answers(
  events: AsyncIterableIterator<unknown>,
  answer: (event: unknown) => Promise<GraphQLResponse>,
  request: SubgraphRequest,
): AsyncIterableIterator<GraphQLResponse> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const { done, value } = await events.next();
        return done ? { done, value: undefined } : { done: false, value: await answer(value) };
      } catch (fault) {
        await events.return?.();
        return { done: false, value: refusal([fault], request) };
      }
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** A result as it may be shown. */
function respond({ data, errors }: ExecutionResult, request: SubgraphRequest): GraphQLResponse {
  const shown = errors?.length ? { errors: errors.map((error) => maskError(error, request)) } : {};
  return data === undefined ? shown : { data, ...shown };
}

/** A response without data. */
export function refusal(
  faults: readonly unknown[],
  request: Pick<SubgraphRequest, 'requestId' | 'log'>,
): GraphQLResponse {
  return { errors: faults.map((fault) => maskError(asGraphQLError(fault), request)) };
}

function buildSchema({ name, sdl, resolvers }: Subgraph): GraphQLSchema {
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema([{ typeDefs }]);
  const ours = Object.entries(scalars).filter(([scalar]) => isScalarType(schema.getType(scalar)));
  const all = { ...Object.fromEntries(ours), ...resolvers };
  checkResolvers(name, schema, resolvers);
  // Apollo's type for a resolver map knows GraphQLScalarType only, but its code takes the three functions as well.
  return buildSubgraphSchema([{ typeDefs, resolvers: all as never }]);
}

/** @apollo/subgraph passes over resolvers of unknown types and fields; a misspelt one would answer null for ever. */
function checkResolvers(name: string, schema: GraphQLSchema, resolvers: ResolverMap): void {
  const unknown = Object.entries(resolvers).flatMap(([typeName, fields]) => {
    const type = schema.getType(typeName);
    if (!type) return [typeName];
    if (!isObjectType(type)) return [];
    const known = type.getFields();
    return Object.keys(fields as object)
      .filter((field) => !field.startsWith('__') && !known[field])
      .map((field) => `${typeName}.${field}`);
  });
  if (unknown.length)
    throw new Error(`The subgraph ${name} has resolvers that its schema does not know: ${unknown.join(', ')}`);
}
