import type { Viewer } from '@supportgraph/kernel';
import { badUserInput, codedError } from '@supportgraph/subgraph';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Operation, Variables } from '../execute/operation.js';
import { contractOf, makeContracts } from './contracts.js';
import { openPrices } from './cost.js';
import { type KnownOperation, openDocuments } from './documents.js';
import type { Demand, Taken } from './edge/bucket.js';
import type { EdgeStore } from './edge/edgeStore.js';
import { openInTurn } from './inTurn.js';
import { type LimitName, type Limits, type LimitsMode, tooMuch } from './limits.js';
import { missingScopes } from './scopes.js';
import type { Tally } from './tally.js';
import { type DocumentSource, type FreeDocuments, openTexts } from './texts.js';
import { badVariables } from './variables.js';

/** What a caller asks for, in the same words over every transport. */
export interface OperationParams extends DocumentSource {
  operationName?: string | null;
  variables?: Variables | null;
}

/** An operation that the guard let through. */
export interface Admitted {
  operation: KnownOperation;
  /** Its text. */
  text: string;
  variables: Variables;
  /** The most that it can cost. */
  cost: number;
}

type Refusal = { ok: false; errors: readonly GraphQLError[] };
/** An operation that may be carried out, or why it may not. */
export type Admission = ({ ok: true } & Admitted) | Refusal;

/** What the guard needs to know of a caller. */
export interface Asker {
  viewer: Viewer;
  /** Whose allowance is used. */
  principal: string;
  /** Whose reading is counted: as the principal, but all visitors of an address are one, as sessions cost next to nothing. */
  source: string;
  requestsPerMinute: number | null;
}

/** An allowance that was used, or why it could not be. */
export type Charge =
  | { ok: true; allowance: Allowance; /** Gives back what was not used. */ settle(actual: number): void }
  | ({
      allowance: Allowance;
      retryAfterMs: number;
    } & Refusal);

/** What is left of a caller's allowance. */
export interface Allowance {
  perMinute: number;
  left: number;
}

/** Looks at every operation before it is carried out; the same for each transport. */
export interface Guard {
  /** Whether an operation may be carried out: size, then meaning, then permission, then values, then cost. */
  admit(params: OperationParams, asker: Asker): Promise<Admission>;
  /** Takes an admitted operation's cost from the caller's allowance. */
  charge(admitted: Admitted, asker: Asker): Promise<Charge>;
}

/** How much a principal may do in a minute. */
export interface Rates {
  /** Units of cost. @default 60_000 */
  costPerMinute: number;
  /** Messages. @default 60 */
  messagesPerMinute: number;
  /** How long documents that are new may hold the thread, in ms: to parse, validate and plan them. @default 20_000 */
  readingMsPerMinute: number;
}

export const defaultRates: Rates = { costPerMinute: 60_000, messagesPerMinute: 60, readingMsPerMinute: 20_000 };

/** Documents of one source that may wait to be read. */
const mostUnread = 100;

export interface GuardOptions {
  supergraphSdl: string;
  schema: GraphQLSchema;
  limits: Limits;
  mode: LimitsMode;
  rates: Rates;
  /** Whether the schema may be asked for without a key that allows it. */
  introspection: boolean;
  /** Fields that wait on purpose, as `Type.field`. */
  waitingFields: readonly string[];
  trustedDocuments: Readonly<Record<string, string>>;
  freeDocuments: FreeDocuments;
  store: EdgeStore;
  tally: Tally;
  /** Makes ready what it takes long to make ready and is kept with the operation, such as its plan. */
  prepare(operation: Operation): void;
}

/** Makes a {@link Guard}. */
export function openGuard(options: GuardOptions): Guard {
  const { supergraphSdl, schema, limits, mode, rates, introspection, waitingFields, store, tally } = options;
  const contracts = makeContracts(supergraphSdl, schema);
  const over = (limit: LimitName) => {
    tally.overLimit(limit, mode === 'enforce' ? 'refused' : 'measured');
    return mode === 'enforce';
  };
  const texts = openTexts({ trusted: options.trustedDocuments, store, freeDocuments: options.freeDocuments });
  const prices = openPrices({ supergraphSdl, schema, waitingFields });
  const documents = openDocuments({ contracts, prices, limits, isTrusted: texts.isTrusted, over });
  const mayIntrospect = ({ scopes }: Viewer) => introspection || scopes.includes('explorer');

  /** What is wrong with the sizes that an operation's variables give it. */
  const tooLarge = ({ price, isTrusted }: KnownOperation, variables: Variables, cost: number): GraphQLError[] => {
    const errors: GraphQLError[] = [];
    if (price.largestPage(variables) > limits.pageSize && over('pageSize'))
      errors.push(badUserInput(`A page has at most ${limits.pageSize} items.`));
    if (price.waits(variables) > limits.waits && over('waits')) errors.push(tooMuch('fields that wait', limits.waits));
    if (cost > limits.cost && !isTrusted && over('cost'))
      errors.push(
        codedError('COST_LIMIT_EXCEEDED', `The operation may cost ${cost}, and at most ${limits.cost} is allowed.`),
      );
    return errors;
  };

  const prepared = new WeakSet<KnownOperation>();
  const unread = openInTurn(mostUnread);

  /** Whether an operation that was read may be carried out: permission, then values, then cost. What is let through is ready. */
  const judge = (operation: KnownOperation, variables: Variables, viewer: Viewer, text: string): Admission => {
    if (operation.introspects && !mayIntrospect(viewer)) return { ok: false, errors: [noIntrospection()] };
    const contract = contracts[contractOf(viewer.role)];
    const errors = [
      ...missingScopes(operation, viewer),
      ...badVariables(contract, operation, variables, limits.errors),
    ];
    if (errors.length) return { ok: false, errors: errors.slice(0, limits.errors) };
    const cost = operation.price.estimate(variables);
    const sizes = tooLarge(operation, variables, cost);
    if (sizes.length) return { ok: false, errors: sizes };
    if (!prepared.has(operation)) options.prepare(operation);
    prepared.add(operation);
    return { ok: true, operation, text, variables, cost };
  };

  /** Reads what is new in its turn, and takes the time from what the source may use. */
  const readInTurn = async (source: string, work: () => Admission): Promise<Admission> => {
    const take = (ms: number) => store.take([demandOf('reading', source, ms, rates.readingMsPerMinute)]);
    const { ok, retryAfterMs } = await take(1);
    if (!ok && over('reading')) return { ok: false, errors: [throttled(retryAfterMs)] };
    const turn = unread.run(source, work);
    if (!turn) {
      tally.overLimit('reading', 'refused');
      return { ok: false, errors: [throttled(1_000)] };
    }
    const { value, ms } = await turn;
    void takeAll(take, Math.round(ms) - 1);
    return value;
  };

  return {
    async admit({ operationName, variables, ...source }, { viewer, source: reader }) {
      const found = await texts.find(source, viewer);
      if (!found.ok) return found;
      const { text, keep } = found;
      const contract = contractOf(viewer.role);
      const judged = (operation: KnownOperation) => {
        keep();
        return judge(operation, variables ?? {}, viewer, text);
      };
      const known = documents.known(text, operationName, contract);
      if (known && prepared.has(known)) return judged(known);
      return readInTurn(reader, () => {
        const reading = documents.read(text, operationName, contract);
        return reading.ok ? judged(reading.operation) : reading;
      });
    },

    async charge({ operation, cost }, { principal, requestsPerMinute }) {
      const amount = Math.max(1, cost);
      const ofCost = { key: `cost:${principal}`, perMinute: rates.costPerMinute };
      const demands = [{ ...ofCost, amount }];
      const { messages } = operation.price;
      if (requestsPerMinute !== null) demands.push(demandOf('requests', principal, 1, requestsPerMinute));
      if (messages) demands.push(demandOf('messages', principal, messages, rates.messagesPerMinute));
      const { ok, left, retryAfterMs } = await store.take(demands);
      const allowance = { perMinute: rates.costPerMinute, left: left[0]! };
      if (!ok && over(messages && left.at(-1)! < messages ? 'messages' : 'rate'))
        return { ok: false, allowance, retryAfterMs, errors: [throttled(retryAfterMs)] };
      return {
        ok: true,
        allowance,
        settle(actual) {
          const unused = amount - Math.max(1, actual);
          if (unused > 0 && ok) void store.take([{ ...ofCost, amount: -unused }]);
        },
      };
    },
  };
}

/** Takes what was used, and if there is less, what there is. */
async function takeAll(take: (amount: number) => Promise<Taken>, amount: number): Promise<void> {
  if (amount <= 0) return;
  const { ok, left } = await take(amount);
  if (!ok) await take(left[0]!);
}

function demandOf(what: string, principal: string, amount: number, perMinute: number): Demand {
  return { key: `${what}:${principal}`, amount, perMinute };
}

function noIntrospection(): GraphQLError {
  const message = 'The schema is told only to API keys with the scope explorer.';
  return codedError('GRAPHQL_VALIDATION_FAILED', message);
}

function throttled(retryAfterMs: number): GraphQLError {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return codedError('THROTTLED', `Too much at once; ask again in ${seconds} s.`, { retryable: true, retryAfterMs });
}

/** The parameters in a request's body or a `subscribe` message. Throws a coded error if they are not well formed. */
export function readParams(body: unknown): OperationParams {
  if (!isRecord(body)) throw codedError('BAD_REQUEST', 'The body must be one JSON object.');
  const { operationName, variables, extensions } = body;
  if (operationName != null && typeof operationName !== 'string')
    throw codedError('BAD_REQUEST', '"operationName" must be a text.');
  if (variables != null && !isRecord(variables)) throw codedError('BAD_REQUEST', '"variables" must be an object.');
  if (extensions != null && !isRecord(extensions)) throw codedError('BAD_REQUEST', '"extensions" must be an object.');
  return { ...readSource(body, extensions ?? {}), operationName, variables };
}

function readSource(body: Record<string, unknown>, extensions: Record<string, unknown>): DocumentSource {
  const query = readText(body, 'query');
  const documentId = readText(body, 'documentId');
  const sha256 = readHash(extensions['persistedQuery']);
  if (query === null && documentId === null && sha256 === null)
    throw codedError('BAD_REQUEST', '"query" must be a text.');
  return { query, documentId, sha256 };
}

function readText(body: Record<string, unknown>, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw codedError('BAD_REQUEST', `"${name}" must be a text.`);
  return value;
}

/** The hash of an automatic persisted query, as Apollo's clients send it. */
function readHash(persisted: unknown): string | null {
  if (persisted === undefined || persisted === null) return null;
  const isKnown = isRecord(persisted) && persisted['version'] === 1;
  const hash = isKnown ? persisted['sha256Hash'] : null;
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash))
    throw codedError('BAD_REQUEST', '"persistedQuery" must have version 1 and a SHA-256 in hex.');
  return hash;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
