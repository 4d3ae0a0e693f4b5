import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';
import { assertNever, type Logger } from '@supportgraph/kernel';
import { codedError, type GraphQLResponse } from '@supportgraph/subgraph';
import { setMaxListeners } from 'node:events';
import { type Connection, isStream } from '../connection/connection.js';
import { type EventReader, eventReader } from './deltas.js';
import type { DueRequest, ExecutionLimits, Executor, RunPlan } from './executor.js';
import { lagQueue } from './lagQueue.js';
import type { Operation, Variables } from './operation.js';
import type { OperationContext, Planner } from './planner.js';
import { compileProjection, conditionVariables, type Projection } from './projection.js';

/*
 * The planner splits a subscription into `primary`, the stream of one subgraph, and `rest`, which fetches from the others
 * what an event's selection needs beyond that. Most events need nothing: they only go through a projection.
 */

export interface SubscriberOptions {
  planner: Planner;
  connections: readonly Connection[];
  run: RunPlan;
  limits: ExecutionLimits;
  log: Logger;
}

/** How one subscription operation is carried out; shared by all who subscribe with it. */
interface Subscription {
  primary: FetchNode;
  rest: PlanNode | undefined;
  context: OperationContext;
  events: EventReader;
  /** Where an event needs the plan: where `rest` begins, or everywhere if the planner renamed what `primary` asks for. */
  joins: readonly Path[];
  project(variables: Variables): Projection;
}

type Path = readonly (string | number)[];

const brokenEvent: GraphQLResponse = { data: null, errors: [codedError('DOWNSTREAM_SERVICE_ERROR').toJSON()] };

/** Makes the executor's `subscribe`. */
export function subscriber({ planner, connections, run, limits, log }: SubscriberOptions): Executor['subscribe'] {
  const subscriptions = new WeakMap<Operation['definition'], Subscription>();
  const prepare = (operation: Operation): Subscription => {
    let subscription = subscriptions.get(operation.definition);
    if (!subscription) subscriptions.set(operation.definition, (subscription = planSubscription(planner, operation)));
    return subscription;
  };

  return async (operation, variables, request) => {
    const subscription = prepare(operation);
    const connection = connections.find(({ name }) => name === subscription.primary.serviceName)!;
    const leaving = new AbortController();
    // Every fetch of an event listens to it.
    setMaxListeners(0, leaving.signal);
    const leave = () => {
      request.signal.removeEventListener('abort', leave);
      leaving.abort();
    };
    request.signal.addEventListener('abort', leave);
    const deadline = Math.min(request.deadline, Date.now() + limits.subgraphMs);
    const streamed = { ...request, deadline, signal: leaving.signal };
    const source = await connection.subscribe(primaryRequest(subscription.primary, variables), streamed);
    if (!isStream(source)) {
      leave();
      return source;
    }
    const complete = completer(subscription, { run, variables, request: streamed, limits, log });
    return deliver(source, {
      events: subscription.events,
      complete,
      capacity: limits.eventsWaiting,
      leave,
      left: leaving.signal,
    });
  };
}

function planSubscription(planner: Planner, operation: Operation): Subscription {
  const { plan, context } = planner.plan(operation);
  // The guard lets only subscriptions come here, and a valid one selects a field of some subgraph.
  const { primary, rest } = plan.node as SubscriptionNode;
  const conditions = conditionVariables(operation);
  const projections = new Map<string, Projection>();
  return {
    primary,
    rest,
    context,
    events: eventReader(planner.schema, operation),
    joins: primary.outputRewrites?.length ? [[]] : rest ? flattenPaths(rest) : [],
    project(variables) {
      const key = conditions.map((name) => String(variables[name])).join();
      let projection = projections.get(key);
      if (!projection) {
        projection = compileProjection(planner.schema, operation, variables);
        projections.set(key, projection);
      }
      return projection;
    },
  };
}

function primaryRequest({ operation, operationName, variableUsages = [] }: FetchNode, variables: Variables) {
  const used = variableUsages.filter((name) => variables[name] !== undefined).map((name) => [name, variables[name]]);
  return { query: operation, operationName, variables: Object.fromEntries(used) as Record<string, unknown> };
}

/** Makes an event what the subscriber asked for. Never rejects: what went wrong is given with the event. */
function completer(
  subscription: Subscription,
  given: { run: RunPlan; variables: Variables; request: DueRequest; limits: ExecutionLimits; log: Logger },
): (event: GraphQLResponse) => Promise<GraphQLResponse> {
  const { primary, rest, context, joins } = subscription;
  const { run, variables, request, limits, log } = given;
  const project = subscription.project(variables);
  const plan = {
    kind: 'QueryPlan' as const,
    node: rest ? { kind: 'Sequence' as const, nodes: [primary, rest] } : primary,
  };

  const withRest = async (response: GraphQLResponse) => {
    // Joining writes into the event, which others may have been given too.
    const event = { subgraph: primary.serviceName, query: primary.operation, response: structuredClone(response) };
    const deadline = Date.now() + limits.subgraphMs + limits.marginMs;
    return run(plan, context, { variables, request: { ...request, deadline }, isWaiting: false, event });
  };

  return async (event) => {
    const { data } = event;
    if (!data) return { data: null, ...(event.errors && { errors: event.errors }) };
    if (!joins.some((path) => reaches(data, path, 0))) {
      const projected = project(data);
      if (projected) return { data: projected, ...(event.errors && { errors: event.errors }) };
    }
    try {
      return await withRest(event);
    } catch (error) {
      log.error({ error, requestId: request.requestId }, 'event could not be completed');
      return { ...brokenEvent, data: project(data) };
    }
  };
}

/** The stream that a subscriber takes from: read eagerly, given at their pace, ended when they leave. */
function deliver(
  source: AsyncIterableIterator<GraphQLResponse>,
  options: {
    events: EventReader;
    complete(event: GraphQLResponse): Promise<GraphQLResponse>;
    capacity: number;
    /** Gives up whatever is under way for this subscriber. */
    leave(): void;
    left: AbortSignal;
  },
): AsyncIterableIterator<GraphQLResponse> {
  const { events, complete, capacity, leave, left } = options;
  const queue = lagQueue<GraphQLResponse>({
    capacity,
    join: events.join,
    overflow: (taken) => tooSlow(events.cursor(taken)),
    // Only the source: events that wait may still have to be joined.
    onEnd: () => void source.return?.(),
  });
  if (left.aborted) queue.close();
  left.addEventListener('abort', () => queue.close(), { once: true });
  void pump(source, queue);

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const next = await queue.next();
      if (!next.done) return { done: false, value: await complete(next.value) };
      leave();
      return next;
    },
    return() {
      leave();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error) {
      leave();
      return Promise.reject(error as Error);
    },
  };
}

async function pump(
  source: AsyncIterableIterator<GraphQLResponse>,
  queue: { push(value: GraphQLResponse): void; end(): void },
): Promise<void> {
  try {
    for await (const event of source) queue.push(event);
  } catch {
    // A connection ends its stream with a response that says why; one that breaks its word is masked the same way.
    queue.push(brokenEvent);
  }
  queue.end();
}

/** What a subscriber is told who takes events more slowly than they come. */
function tooSlow(cursor: string | null): GraphQLResponse {
  return { data: null, errors: [codedError('SLOW_CONSUMER', undefined, { cursor }).toJSON()] };
}

/** Paths at which a plan joins other subgraphs. */
function flattenPaths(node: PlanNode): Path[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(flattenPaths);
    case 'Flatten':
      return [node.path];
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((clause) => (clause ? flattenPaths(clause) : []));
    case 'Fetch':
      // From the root: needed for every event.
      return [[]];
    case 'Defer':
      return [];
    default:
      return assertNever(node);
  }
}

/** Whether there is something at a path; `@` stands for each item of a list. */
function reaches(value: unknown, path: Path, at: number): boolean {
  if (value === null || value === undefined) return false;
  if (at === path.length) return true;
  const step = path[at]!;
  if (step === '@') return Array.isArray(value) && value.some((item) => reaches(item, path, at + 1));
  // Anything but a list is an object here, as the schema says.
  return reaches((value as Record<string, unknown>)[step], path, at + 1);
}
