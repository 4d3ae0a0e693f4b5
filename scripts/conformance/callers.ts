import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

/** Who a case speaks as: a visitor in a session, who may become a customer, or a customer with the merchant's token. */
export interface Callers {
  /** Asks as this customer: in the session if it is theirs, else with a token of the merchant's. Null: as the visitor. */
  ask<Data>(customerId: string | null, query: string, variables: object): Promise<Reply<Data>>;
  /** Whose the session is. */
  sessionCustomerId(): string | null;
  /** The session, opened if none is. */
  sessionId(): Promise<string>;
  verify(claim: Claim): Promise<Refused | { customerId: string }>;
}

export interface Refused {
  /** The code of the user error, or of the error of a request that does not fit the schema. */
  code: string;
}
export type Reply<Data> = Refused | { data: Data };
export type Claim = { email: string } | { firstName: string; lastName: string; postcode: string };

/** Errors of the request itself: it says something that the schema does not know. Others are faults. */
const refusingErrors = new Set(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']);
/** One more would call a person. */
const triesOfSession = 4;

const startSession = /* GraphQL */ `
  mutation ($input: StartSessionInput!) {
    startSession(input: $input) {
      accessToken
      session {
        id
      }
    }
  }
`;
const verifyCustomer = /* GraphQL */ `
  mutation ($input: VerifyCustomerInput!) {
    verifyCustomer(input: $input) {
      session {
        customer {
          id
        }
      }
      userErrors {
        code
      }
    }
  }
`;

interface Session {
  id: string;
  token: string;
  customerId: string | null;
  failedTries: number;
}

export function openCallers(gatewayUrl: string, jwtSecret: string): Callers {
  let session: Session | null = null;
  const openSession = async (): Promise<Session> => {
    const input = { idempotencyKey: randomUUID() };
    const reply = await ask<{ startSession: { accessToken: string; session: { id: string } } }>(
      ...([gatewayUrl, null, startSession, { input }] as const),
    );
    if ('code' in reply) throw new Error(`A session is refused with ${reply.code}`);
    const { accessToken: token, session: started } = reply.data.startSession;
    return (session = { id: started.id, token, customerId: null, failedTries: 0 });
  };
  const tokenOf = (customerId: string | null) =>
    customerId === null || session?.customerId === customerId ? session?.token : sign(customerId, jwtSecret);

  return {
    ask: async (customerId, query, variables) => ask(gatewayUrl, await tokenOf(customerId), query, variables),
    sessionCustomerId: () => session?.customerId ?? null,
    sessionId: async () => (session ?? (await openSession())).id,
    async verify(claim) {
      const isUsable = session && session.customerId === null && session.failedTries < triesOfSession;
      const own = isUsable ? session! : await openSession();
      const input = { idempotencyKey: randomUUID(), sessionId: own.id, ...claim };
      const reply = await ask<{
        verifyCustomer: { session: { customer: { id: string } } | null; userErrors: Refused[] };
      }>(gatewayUrl, own.token, verifyCustomer, { input });
      if ('code' in reply) return reply;
      const { session: verified, userErrors } = reply.data.verifyCustomer;
      if (!verified) {
        own.failedTries += 1;
        return userErrors[0] ?? { code: 'no reason' };
      }
      own.customerId = verified.customer.id.slice('cus_'.length);
      return { customerId: own.customerId };
    },
  };
}

async function ask<Data>(
  gatewayUrl: string,
  token: string | null | undefined,
  query: string,
  variables: object,
): Promise<Reply<Data>> {
  const response = await fetch(new URL('/graphql', gatewayUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  // The gateway answers every POST with a GraphQL response.
  const { data, errors = [] } = (await response.json()) as {
    data?: Data | null;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  const [error] = errors;
  if (error && refusingErrors.has(error.extensions?.code ?? '')) return { code: error.extensions!.code! };
  if (error || !data) throw new Error(`The gateway answers ${response.status}: ${error?.message ?? 'no data'}`);
  return { data };
}

function sign(customerId: string, secret: string): Promise<string> {
  const token = new SignJWT({ role: 'customer' }).setProtectedHeader({ alg: 'HS256' }).setSubject(`cus_${customerId}`);
  return token.setIssuedAt().setExpirationTime('1h').sign(new TextEncoder().encode(secret));
}
