import type { IncomingMessage } from 'node:http';

/** Which web pages may talk to the graph from a browser. */
export interface Origins {
  /** Whether the request comes from no page, from a page of ours, or from an allowed one. */
  isAllowed(request: IncomingMessage): boolean;
  /** Headers that let the page read the answer; none for others. */
  headers(request: IncomingMessage): Record<string, string>;
  /** Headers that answer a browser's preflight question. */
  preflightHeaders(request: IncomingMessage): Record<string, string>;
}

/** Origins like `https://shop.example`, or `*` for all. Credentials are never in cookies, so `*` gives nothing away. */
export function allowedOrigins(list: readonly string[]): Origins {
  const allowed = new Set(list);
  const isListed = (origin: string) => allowed.has('*') || allowed.has(origin);
  const headers = ({ headers: { origin } }: IncomingMessage): Record<string, string> =>
    origin && isListed(origin)
      ? {
          'access-control-allow-origin': origin,
          'access-control-expose-headers': 'retry-after, x-request-id',
          vary: 'origin',
        }
      : { vary: 'origin' };
  return {
    isAllowed: ({ headers: { origin, host } }) => !origin || isListed(origin) || hostOf(origin) === host,
    headers,
    preflightHeaders: (request) => ({
      ...headers(request),
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'content-type',
      'access-control-max-age': '600',
    }),
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
