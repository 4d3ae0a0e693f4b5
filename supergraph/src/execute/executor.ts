import { executeQueryPlan } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type { Logger } from '@supportgraph/kernel';
import type { GraphQLResponse } from '@supportgraph/subgraph';
import type { GraphQLSchema } from 'graphql';
import type { Connection, GatewayRequest } from '../connection/connection.js';
import type { Operation, Variables } from './operation.js';
import { openPlanner, type OperationContext } from './planner.js';
import { subscriber } from './subscription.js';

/** A request whose answer is due at some time. */
export type DueRequest = GatewayRequest & { deadline: number };

/** Makes answers out of what the subgraphs say. This is all that the rest of the gateway knows of planning and joining. */
export interface Executor {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** Plans an operation ahead. Throws if it cannot be planned. */
  prepare(operation: Operation): void;
  /** Answers a query or mutation. Errors are as the subgraphs gave them: not yet masked. */
  execute(operation: Operation, variables: Variables, request: DueRequest): Promise<GraphQLResponse>;
  /** Opens a subscription: its events, or why there are none. `return` of the stream settles at once. */
  subscribe(
    operation: Operation,
    variables: Variables,
    request: DueRequest,
  ): Promise<GraphQLResponse | AsyncIterableIterator<GraphQLResponse>>;
}

export interface ExecutorOptions {
  supergraphSdl: string;
  connections: readonly Connection[];
  limits: ExecutionLimits;
  log: Logger;
}

export interface ExecutionLimits {
  /** How long one subgraph may take, in ms. @default 10_000 */
  subgraphMs: number;
  /** Fields that wait on purpose, as `Type.field`: operations with one give their subgraphs nearly the whole time. */
  waitingFields: readonly string[];
  /** What is left of the whole time to put a partial answer together, in ms. @default 500 */
  marginMs: number;
  /** Events that may wait for a slow subscriber. @default 1_000 */
  eventsWaiting: number;
}

/** What a plan's fetches are given along. */
interface FetchContext extends Record<string, unknown> {
  request: DueRequest;
  isWaiting: boolean;
}

/** What executeQueryPlan knows of a request. It uses no more than this. */
type PlanRequest = Parameters<typeof executeQueryPlan>[2];
type ServiceMap = Parameters<typeof executeQueryPlan>[1];
type DataSource = ServiceMap[string];

/** Runs a plan: the variables, the request, and answers that are already there by the text of their fetch. */
export type RunPlan = (
  plan: QueryPlan,
  context: OperationContext,
  given: { variables: Variables; request: DueRequest; isWaiting: boolean; event?: GivenAnswer },
) => Promise<GraphQLResponse>;

/** An answer that need not be fetched any more. */
export interface GivenAnswer {
  subgraph: string;
  query: string;
  response: GraphQLResponse;
}

/** The executor of @apollo/gateway: its planner, its `executeQueryPlan`, and our connections. */
export function gatewayExecutor({ supergraphSdl, connections, limits, log }: ExecutorOptions): Executor {
  const planner = openPlanner(supergraphSdl);
  const services: ServiceMap = Object.fromEntries(
    connections.map((connection) => [connection.name, dataSource(connection, limits)]),
  );
  const isWaiting = ({ fields }: Operation) => limits.waitingFields.some((field) => fields.has(field));

  const run: RunPlan = async (plan, context, { variables, request, isWaiting, event }) => {
    const result = await executeQueryPlan(
      plan,
      event ? withAnswer(services, event) : services,
      planRequest(variables, { request, isWaiting }, log),
      context,
      planner.supergraphSchema,
      planner.api,
    );
    // `extensions` would tell clients how values were completed, with names of ours in it.
    return { data: result.data, ...(result.errors && { errors: result.errors.map((error) => error.toJSON()) }) };
  };

  const subscribe = subscriber({ planner, connections, run, limits, log });
  return {
    schema: planner.schema,
    prepare: (operation) => void planner.plan(operation),
    execute(operation, variables, request) {
      const { plan, context } = planner.plan(operation);
      return run(plan, context, { variables, request, isWaiting: isWaiting(operation) });
    },
    subscribe,
  };
}

/** Lets @apollo/gateway fetch over one of our connections. */
function dataSource(connection: Connection, { subgraphMs, marginMs }: ExecutionLimits): DataSource {
  return {
    async process({ request: { query = '', operationName, variables }, context }) {
      // Set by planRequest, and handed on untouched.
      const { request, isWaiting } = context as FetchContext;
      const latest = request.deadline - marginMs;
      const deadline = isWaiting ? latest : Math.min(latest, Date.now() + subgraphMs);
      return connection.execute({ query, operationName, variables }, { ...request, deadline });
    },
  };
}

/** The services, one of which answers one fetch with what is already there. */
function withAnswer(services: ServiceMap, { subgraph, query, response }: GivenAnswer): ServiceMap {
  const service = services[subgraph]!;
  const answering: DataSource = {
    process: (options) => (options.request.query === query ? Promise.resolve(response) : service.process(options)),
  };
  return { ...services, [subgraph]: answering };
}

function planRequest(variables: Variables, context: FetchContext, log: Logger): PlanRequest {
  const logger = {
    debug: (message: unknown) => log.debug({ message }, 'gateway says'),
    info: (message: unknown) => log.info({ message }, 'gateway says'),
    warn: (message: unknown) => log.warn({ message }, 'gateway says'),
    error: (message: unknown) => log.error({ message }, 'gateway says'),
  };
  // The rest of Apollo Server's request context is for plugins, which we do not run here.
  return { logger, request: { variables }, context, metrics: {} } as unknown as PlanRequest;
}
