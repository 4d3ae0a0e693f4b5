import Anthropic, { AnthropicError, APIError } from '@anthropic-ai/sdk';
import type { Logger } from '@supportgraph/kernel';
import { DeadlinePassed } from './deadline.js';
import { halfCharacter } from './halfCharacter.js';

/** The Anthropic SDK, set up for us. */
export type ModelClient = Anthropic;

export interface ModelClientOptions {
  /** @default a key that only the offline model takes */
  apiKey?: string;
  /** @default 'https://api.anthropic.com' */
  baseUrl?: string;
  /** How requests are made, for example `offlineModel(…)`. @default the global fetch */
  fetch?: typeof fetch;
}

/** Makes the client. Retries are ours (the next model of the list), so the SDK's are off; so is its log, which could hold what customers wrote. */
export function modelClient({
  apiKey = 'offline',
  baseUrl = 'https://api.anthropic.com',
  fetch = globalThis.fetch,
}: ModelClientOptions): ModelClient {
  return new Anthropic({ apiKey, baseURL: baseUrl, fetch: wellFormed(fetch), maxRetries: 0, logLevel: 'off' });
}

/** The API refuses a whole conversation for half a character, whoever wrote it into which message or argument. */
function wellFormed(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    if (typeof init?.body !== 'string' || !init.body.includes('\\ud')) return fetch(input, init);
    return fetch(input, { ...init, body: init.body.replace(halfCharacter, '$1\\ufffd') });
  };
}

/** Why a model call failed, as far as it matters for what to do next. */
export type ModelFault = 'timeout' | 'unavailable' | 'rejected';

/** Statuses below 500 that say something of the model, not of the request: unknown, not ours to use, slow, busy. */
const worthAnotherModel = new Set([403, 404, 408, 409, 429]);

/**
 * What kind of fault an error of a model call is: no answer in time, a model that cannot be had just now (load, network, a
 * cut stream, an unknown name), or a request that no model would take (a wrong key, no credit, a malformed request).
 * Anything else is not a model's fault: null.
 */
export function modelFault(error: unknown): ModelFault | null {
  if (error instanceof DeadlinePassed) return 'timeout';
  if (!(error instanceof AnthropicError)) return null;
  const status = error instanceof APIError ? error.status : undefined;
  const rejected = status !== undefined && status < 500 && !worthAnotherModel.has(status);
  return rejected ? 'rejected' : 'unavailable';
}

/** Logs a failed model call: as an error if every model would have refused it, since only the operator can mend that. */
export function logFault(log: Logger, model: string, fault: ModelFault, error: unknown): void {
  const facts = { model, fault, ...errorFacts(error) };
  if (fault === 'rejected') log.error(facts, 'model call rejected: check the key, its credit and the request');
  else log.warn(facts, 'model call failed');
}

/** What may be logged of a model's error: never its text, which can quote the prompt. */
function errorFacts(error: unknown): object {
  if (error instanceof DeadlinePassed) return { deadline: error.kind };
  if (error instanceof APIError) return { status: error.status, type: error.type, requestId: error.requestID };
  return { name: error instanceof Error ? error.name : typeof error };
}

/** How long the provider asks to wait before the next try, in ms; null if it does not say. */
export function retryAfterMs(error: unknown): number | null {
  if (!(error instanceof APIError) || (error.status !== 429 && error.status !== 529)) return null;
  const seconds = Number(error.headers?.get('retry-after') ?? NaN);
  return seconds >= 0 ? seconds * 1_000 : null;
}
