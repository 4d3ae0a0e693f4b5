/** Codes that another try with the same credentials does not change. */
const finalCodes: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'COST_LIMIT_EXCEEDED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_LARGE',
  'PAYLOAD_TOO_LARGE',
  'PERSISTED_QUERY_ONLY',
  'UNSUPPORTED_MEDIA_TYPE',
]);

/** Why the graph gave no answer: a code of its own, or `UNREACHABLE` if it could not be asked. */
export class GraphFault extends Error {
  override name = 'GraphFault';
  constructor(
    readonly code: string,
    message: string = code,
    /** How long the server wants to be left alone, in ms; null if it does not say. */
    readonly retryAfterMs: number | null = null,
    /** What was answered nevertheless, if anything. */
    readonly data: unknown = null,
  ) {
    super(message);
  }

  /** Whether another try with the same credentials would end the same way. */
  get isFinal(): boolean {
    return finalCodes.has(this.code);
  }
}

/** One reason why the platform did not do what it was asked. */
export interface UserError {
  code: string;
  message: string;
  /** The argument that it is about, if one. */
  field: readonly string[] | null;
}

/** The platform understood, and says no: the payload of a mutation has user errors. */
export class Refused extends Error {
  override name = 'Refused';
  constructor(readonly userErrors: readonly UserError[]) {
    super(userErrors.map(({ message }) => message).join(' '));
  }
}

/** A GraphQL response, as far as a client must know it. */
export interface GraphResponse {
  data?: unknown;
  errors?: readonly { message?: string; extensions?: { code?: string; retryAfterMs?: number } }[];
}

/** What the first error of a response says. */
export function faultOf({ data, errors }: GraphResponse): GraphFault {
  const { message, extensions } = errors?.[0] ?? {};
  return new GraphFault(extensions?.code ?? 'UNREACHABLE', message, extensions?.retryAfterMs ?? null, data ?? null);
}

/** The JSON of an answer; anything that is none, such as the page of a proxy, counts as unreachable. */
export async function responseOf(answer: Response): Promise<GraphResponse> {
  const body: unknown = await answer.json().catch(() => null);
  return typeof body === 'object' && body !== null ? body : {};
}
