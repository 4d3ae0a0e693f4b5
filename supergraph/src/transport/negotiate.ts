/** How an answer travels over HTTP. */
export type HttpTransport = 'json' | 'sse' | 'multipart';

/** Media types of an `Accept` header with their parameters, the preferred first. */
function accepted(header: string): { type: string; parameters: string }[] {
  return header
    .split(',')
    .map((entry, index) => {
      const [type = '', ...parameters] = entry
        .toLowerCase()
        .split(';')
        .map((part) => part.trim());
      const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
      return { type, parameters: parameters.join(';'), quality, index };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index);
}

const jsonTypes = ['application/json', 'application/graphql-response+json', 'application/*', '*/*'];

/**
 * How to answer, or null if the client accepts nothing that we can make. Queries and mutations go as JSON where that is
 * accepted at all, as clients offer streams beside it; subscriptions go as what comes first (urql offers two in one header).
 */
export function chooseTransport(acceptHeader: string | undefined, isSubscription: boolean): HttpTransport | null {
  const entries = accepted(acceptHeader || '*/*');
  const acceptsJson = entries.some(({ type }) => jsonTypes.includes(type));
  if (!isSubscription && acceptsJson) return 'json';
  for (const { type, parameters } of entries) {
    if (type === 'text/event-stream') return 'sse';
    if (isSubscription && type === 'multipart/mixed' && parameters.includes('subscriptionspec=1.0')) return 'multipart';
  }
  return null;
}

/** The JSON media type to write: the newer one only for those who ask for it. */
export function jsonType(acceptHeader = ''): string {
  const best = accepted(acceptHeader).find(({ type }) => jsonTypes.includes(type));
  const isNew = best?.type === 'application/graphql-response+json';
  return `${isNew ? best.type : 'application/json'}; charset=utf-8`;
}
