/** How the platform is reached, and as whom. */
export interface Connection {
  /** Where the graph answers, for example `https://support.example.com/graphql`. */
  url: string;
  /** Bearer token; a function is asked anew for each connection, so that it may be renewed. Null or left out: nobody. */
  token?: string | null | (() => string | null | Promise<string | null>);
  /** More headers, for example `{ 'x-api-key': … }`. */
  headers?: Readonly<Record<string, string>>;
  /** Language of what is said to people, as a BCP 47 tag. @default the server's */
  language?: string;
  /** @default the global one */
  fetch?: typeof fetch;
}

/** Sends a GraphQL request. */
export async function post(
  connection: Connection,
  accept: string,
  body: { query: string; variables: object },
  signal: AbortSignal,
): Promise<Response> {
  const { url, headers, language, fetch = globalThis.fetch } = connection;
  const token = typeof connection.token === 'function' ? await connection.token() : connection.token;
  return fetch(url, {
    method: 'POST',
    headers: {
      ...headers,
      accept,
      'content-type': 'application/json',
      ...(language && { 'accept-language': language }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
    signal,
  });
}
