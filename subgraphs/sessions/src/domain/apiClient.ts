import { apiScopes, isApiScope, ok, userError, type ApiScope, type Result, type UserError } from '@supportgraph/kernel';

/** A program that calls the API with a key of its own. */
export interface ApiClientRecord {
  id: string;
  name: string;
  scopes: string[];
  keyPrefix: string;
  requestsPerMinute: number;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** What a new client is asked for with. */
export interface ApiClientWish {
  name: string;
  scopes: readonly string[];
  requestsPerMinute?: number | null;
}

/** A client to be made. */
export interface NewApiClient {
  name: string;
  scopes: ApiScope[];
  requestsPerMinute: number;
}

const usualRequestsPerMinute = 600;
const mostRequestsPerMinute = 60_000;
const longestName = 100;

/** Checks a wish and puts it in order; each scope is kept once. */
export function readWish({ name, scopes, requestsPerMinute }: ApiClientWish): Result<NewApiClient> {
  const kept = name.trim();
  const perMinute = requestsPerMinute ?? usualRequestsPerMinute;
  const known = [...new Set(scopes.filter(isApiScope))];
  const faults: UserError[] = [];
  if (!kept || kept.length > longestName || hasControls(kept)) faults.push(badName);
  if (!scopes.length || !scopes.every(isApiScope)) faults.push(badScopes);
  if (perMinute < 1 || perMinute > mostRequestsPerMinute) faults.push(badRate);
  return faults.length
    ? { ok: false, errors: faults }
    : ok({ name: kept, scopes: known, requestsPerMinute: perMinute });
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

const badName = userError(
  'INVALID',
  `The name must have 1 to ${longestName} characters, and no line breaks.`,
  `名稱的長度必須是 1 到 ${longestName} 個字元，且不可換行。`,
  ['input', 'name'],
);
const badScopes = userError(
  'INVALID',
  `Name at least one scope, each one of ${apiScopes.join(', ')}.`,
  `請至少指定一個權限範圍，可用的有：${apiScopes.join('、')}。`,
  ['input', 'scopes'],
);
const badRate = userError(
  'INVALID',
  `Requests per minute must be from 1 to ${mostRequestsPerMinute}.`,
  `每分鐘請求數必須在 1 到 ${mostRequestsPerMinute} 之間。`,
  ['input', 'requestsPerMinute'],
);
