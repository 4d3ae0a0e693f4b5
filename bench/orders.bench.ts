import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@supportgraph/data';
import { silent } from '@supportgraph/kernel';
import { SignJWT } from 'jose';
import pg from 'pg';
import { demoShop } from '../prisma/demo/shop/demoShop.js';
import { type Bench, percentile } from './bench.js';
import { startBuiltPlatform } from './platform.js';

const clients = 50;
const lookups = 2_000;
const addressRounds = 3;
const idleMs = 5_000;
const jwtSecret = 'only-for-this-benchmark-'.repeat(2);

const lookup = /* GraphQL */ `
  query ($id: ID!) {
    order(id: $id) {
      number
      status
      total {
        amount
      }
      items {
        name
        price {
          amount
        }
        variant {
          isAvailable
          product {
            name
          }
        }
      }
      customer {
        displayName
        email
      }
      returnEligibility {
        isEligible
        until
        reason
      }
    }
  }
`;
const updateOrderAddress = /* GraphQL */ `
  mutation ($input: UpdateOrderAddressInput!) {
    updateOrderAddress(input: $input) {
      order {
        shippingAddress {
          line1
        }
      }
      userErrors {
        code
      }
    }
  }
`;
const cancelOrder = /* GraphQL */ `
  mutation ($input: CancelOrderInput!) {
    cancelOrder(input: $input) {
      order {
        status
      }
      userErrors {
        code
      }
    }
  }
`;

/** What one client asks for, as which customer. */
interface Ask {
  token: string;
  query: string;
  variables: object;
}

interface OwnOrder {
  id: string;
  token: string;
}

/** The orders of the demo shop that are as wanted, with a token of their customer. */
function ordersWith(isWanted: (order: { status: string; itemsModified?: boolean }) => boolean): Promise<OwnOrder[]> {
  const wanted = (demoShop(new Date()).orders ?? []).filter(isWanted);
  return Promise.all(
    wanted.map(async ({ number, customerId }) => {
      const token = new SignJWT({ role: 'customer' }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h');
      const signed = await token.setSubject(`cus_${customerId}`).sign(new TextEncoder().encode(jwtSecret));
      return { id: `ord_${number.slice(1)}`, token: signed };
    }),
  );
}

/** Asks for everything, as many at once as there are clients; answers the ms of each. Whatever is refused fails. */
async function askAll(url: string, asks: readonly Ask[]): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const client = async () => {
    for (let ask = asks[next++]; ask; ask = asks[next++]) {
      const { token, query, variables } = ask;
      const sentAt = performance.now();
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      times.push(performance.now() - sentAt);
      if (/"errors":|"code":|"order":null/.test(text)) throw new Error(`Refused: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return times;
}

/** Statements that clients have sent to PostgreSQL so far; what functions run inside is not among them. */
async function statementsSoFar(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ calls: string }>(
    "SELECT sum(calls) AS calls FROM pg_stat_statements WHERE toplevel AND query !~* '^(BEGIN|COMMIT|ROLLBACK)'",
  );
  return Number(rows[0]?.calls);
}

/** Runs with the built platform on the demo shop, in a PostgreSQL that counts statements. */
async function withPlatform<T>(
  run: (platform: Awaited<ReturnType<typeof startBuiltPlatform>>, database: pg.Client) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-bench-'));
  // The database's own account must be able to enter.
  await chmod(folder, 0o755);
  const settings = { shared_preload_libraries: 'pg_stat_statements' };
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), settings, log: silent });
  const database = new pg.Client(server.url);
  try {
    await database.connect();
    await database.query('CREATE EXTENSION pg_stat_statements');
    const platform = await startBuiltPlatform({
      ...{ DATABASE_URL: server.url, DEMO_SHOP: 'true', AUTH_JWT_SECRET: jwtSecret, LOG_LEVEL: 'error' },
      RATE_COST_PER_MINUTE: '100000000',
    });
    try {
      return await run(platform, database);
    } finally {
      await platform.stop();
    }
  } finally {
    await database.end();
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

/** Looking up and changing orders through the gateway over HTTP, with many customers at once. */
export const bench: Bench = () =>
  withPlatform(async ({ url, cpuSeconds }, database) => {
    const all = await ordersWith(() => true);
    const pending = await ordersWith(({ status }) => status === 'PENDING');
    const untouched = await ordersWith(({ status, itemsModified }) => status === 'PENDING' && !itemsModified);
    const read = ({ id, token }: OwnOrder): Ask => ({ token, query: lookup, variables: { id } });
    const move = ({ id: orderId, token }: OwnOrder, n: number): Ask => {
      const address = { line1: `${n} Bench Street`, city: 'Testville', postcode: '90001', countryCode: 'US' };
      const input = { idempotencyKey: randomUUID(), orderId, address };
      return { token, query: updateOrderAddress, variables: { input } };
    };
    const cancel = ({ id: orderId, token }: OwnOrder): Ask => {
      const input = { idempotencyKey: randomUUID(), orderId, reason: 'NO_LONGER_NEEDED' };
      return { token, query: cancelOrder, variables: { input } };
    };
    const loads: [string, Ask[]][] = [
      ['look up an order', Array.from({ length: lookups }, (_, n) => read(all[n % all.length]!))],
      [
        'change its address',
        Array.from({ length: addressRounds }, (_, n) => pending.map((own) => move(own, n))).flat(),
      ],
      ['cancel it', untouched.map(cancel)],
    ];

    // The first requests meet cold code and cold connections.
    await askAll(url, [...all.slice(0, 500).map(read), ...pending.slice(0, 50).map(move)]);
    const idleBefore = await statementsSoFar(database);
    await pause(idleMs);
    const idlePerMs = ((await statementsSoFar(database)) - idleBefore) / idleMs;

    const rows: (string | number)[][] = [];
    for (const [name, asks] of loads) {
      const [cpuBefore, before, startedAt] = [await cpuSeconds(), await statementsSoFar(database), performance.now()];
      const times = await askAll(url, asks);
      const ms = performance.now() - startedAt;
      const statements = (await statementsSoFar(database)) - before - idlePerMs * ms;
      const cpuMs = ((await cpuSeconds()) - cpuBefore) * 1_000;
      const time = (share: number) => Math.round(percentile(times, share));
      rows.push([
        ...[name, times.length, time(0.5), time(0.99), time(1), Math.round((times.length / ms) * 1_000)],
        ...[(statements / times.length).toFixed(1), (cpuMs / times.length).toFixed(1)],
      ]);
    }
    return {
      about: `${clients} customers at once look up orders (with items, variants, products, customer and \`returnEligibility\`: two subgraphs), change the address of pending orders and cancel orders, each client one request after the other without a pause, over HTTP through the gateway. Platform (one process, the demo shop, PostgreSQL beside it) and clients share the machine.`,
      columns: [
        'what',
        'requests',
        'p50 ms',
        'p99 ms',
        'max ms',
        'requests/s',
        'SQL statements/request',
        'CPU ms/request',
      ],
      rows,
      notes: [
        'Statements are those of pg_stat_statements without BEGIN and COMMIT, less what the platform sends when nobody asks.',
        'Cancelling counts the refund worker too, which sends the money meanwhile.',
        'CPU is that of the platform’s Node process; PostgreSQL and the clients use the rest of the machine.',
      ],
    };
  });
