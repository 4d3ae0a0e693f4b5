import type { IncomingMessage } from 'node:http';
import { codedError } from './errors.js';
import type { SubgraphOperation } from './response.js';

/** The operation in the body of a POST. Throws a coded error if there is none. */
export async function readOperation(request: IncomingMessage, maxBytes: number): Promise<SubgraphOperation> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw codedError('UNSUPPORTED_MEDIA_TYPE');
  if (request.headers['content-encoding']) throw codedError('UNSUPPORTED_MEDIA_TYPE');
  return asOperation(parseJson(await readBody(request, maxBytes)));
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw codedError('PAYLOAD_TOO_LARGE');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw codedError('PAYLOAD_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw codedError('BAD_REQUEST', 'The body is not JSON.');
  }
}

function asOperation(body: unknown): SubgraphOperation {
  const { query, operationName, variables } = (isObject(body) ? body : {}) as Record<keyof SubgraphOperation, unknown>;
  const isOperation =
    typeof query === 'string' &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || isObject(variables));
  if (!isOperation) throw codedError('BAD_REQUEST', 'The body is not a GraphQL request.');
  return { query, ...(operationName != null && { operationName }), ...(variables != null && { variables }) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
