import { codedError } from '@supportgraph/subgraph';
import type { IncomingMessage } from 'node:http';

/**
 * Refuses what a browser could send from any page without asking first: so a request that reaches the graph was either
 * allowed by CORS or did not come from a foreign page. A JSON content type needs a preflight, as do these headers.
 */
const preflightHeaders = ['apollo-require-preflight', 'x-apollo-operation-name', 'authorization', 'x-api-key'];

/** Checks method and headers of a request for the graph. Throws a coded error. */
export function checkHeaders({ method, headers }: IncomingMessage): void {
  if (method !== 'GET' && method !== 'POST') throw codedError('METHOD_NOT_ALLOWED');
  const contentType = headers['content-type'];
  const isJson = contentType !== undefined && isJsonType(contentType);
  if (method === 'POST' && !isJson) {
    throw codedError('UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json in UTF-8.');
  }
  if (headers['content-encoding'] && headers['content-encoding'] !== 'identity') {
    throw codedError('UNSUPPORTED_MEDIA_TYPE', 'The body must not be compressed.');
  }
  if (method === 'GET' && !isJson && !preflightHeaders.some((name) => headers[name])) {
    const message = `A GET request needs a content type of application/json or one of the headers ${preflightHeaders.join(', ')}.`;
    throw codedError('BAD_REQUEST', message);
  }
}

function isJsonType(contentType: string): boolean {
  const [type, ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return type === 'application/json' && (charset === undefined || charset.replaceAll('"', '') === 'utf-8');
}

/** What a request asks for: the body of a POST, the query string of a GET. Throws a coded error. */
export async function readRequest(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  return request.method === 'GET'
    ? readSearch(request.url ?? '')
    : parseJson(await readBody(request, maxBytes), 'body');
}

function readSearch(url: string): object {
  const { searchParams } = new URL(url, 'http://localhost');
  const names = ['query', 'documentId', 'operationName', 'variables', 'extensions'] as const;
  if (names.some((name) => searchParams.getAll(name).length > 1)) {
    throw codedError('BAD_REQUEST', 'A parameter is there more than once.');
  }
  const json = (name: string) => {
    const text = searchParams.get(name);
    return text === null ? null : parseJson(text, `parameter "${name}"`);
  };
  return {
    query: searchParams.get('query'),
    documentId: searchParams.get('documentId'),
    operationName: searchParams.get('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const bytes = await readBytes(request, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw codedError('BAD_REQUEST', 'The body is not UTF-8.');
  }
}

/** Not `for await`: leaving it early would cut the connection, and the client would not learn why. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = () => {
      // What still comes is read and forgotten, so that the answer is not lost in a reset.
      request.off('data', keep).resume();
      reject(codedError('PAYLOAD_TOO_LARGE'));
    };
    const keep = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > maxBytes) refuse();
      else chunks.push(chunk);
    };
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse();
    request.on('data', keep);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw codedError('BAD_REQUEST', `The ${what} is not JSON.`);
  }
}
