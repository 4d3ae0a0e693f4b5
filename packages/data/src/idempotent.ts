import { createHash } from 'node:crypto';
import { fail, userError, type Result } from '@supportgraph/kernel';
import type { Database } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import { canonicalJson, type JsonValue } from './json.js';
import type { Tx } from './transaction.js';

export interface KeyUse {
  /** Whose key it is, for example the customer's id: two principals may use the same key. */
  scope: string;
  key: string;
  /** The name of the mutation. */
  operation: string;
  /** All that the wish says, without the key. */
  input: unknown;
  now: Date;
}

const keptMs = 24 * 60 * 60 * 1_000;
const longestKey = 255;

/**
 * Runs a wish at most once for its key, in the caller's transaction, so that effect and answer are stored together.
 * The same key with the same input gives the first result again, a refusal too, for 24 hours. The result is stored as
 * JSON: answer ids and plain values, and read the objects afterwards.
 */
export async function idempotent<T extends JsonValue | undefined>(
  tx: Tx,
  use: KeyUse,
  run: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const { scope, key, operation, now } = use;
  if (!key || key.length > longestKey || !isStorable(key)) return fail(malformedKey);
  if (!(await takeKey(tx, use))) return fail(inProgress);

  const inputHash = hashOf(use.input);
  const known = await tx.idempotencyKey.findUnique({ where: { scope_key: { scope, key }, expiresAt: { gt: now } } });
  if (known) {
    const isSame = known.operation === operation && inputHash.equals(known.inputHash);
    return isSame ? (known.result as unknown as Result<T>) : fail(conflict);
  }
  const result = await run();
  const stored = {
    operation,
    inputHash,
    result: result as unknown as Prisma.InputJsonObject,
    expiresAt: new Date(now.getTime() + keptMs),
  };
  // An expired answer may still lie there.
  await tx.idempotencyKey.upsert({
    where: { scope_key: { scope, key } },
    create: { scope, key, ...stored },
    update: stored,
  });
  return result;
}

/** Removes the keys whose time is over; answers how many. */
export async function forgetExpiredKeys(db: Pick<Database, 'prisma'>, now: Date): Promise<number> {
  const { count } = await db.prisma.idempotencyKey.deleteMany({ where: { expiresAt: { lte: now } } });
  return count;
}

/** False while another transaction has the key. A lock rather than a row, so that it ends with the transaction. */
async function takeKey(tx: Tx, { scope, key }: KeyUse): Promise<boolean> {
  const lock = createHash('sha256').update(`${scope}\n${key}`).digest().readBigInt64BE();
  const rows = await tx.$queryRaw<{ taken: boolean }[]>`SELECT pg_try_advisory_xact_lock(${lock}) AS taken`;
  return rows[0]!.taken;
}

function hashOf(input: unknown): Buffer<ArrayBuffer> {
  return createHash('sha256').update(canonicalJson(input)).digest() as Buffer<ArrayBuffer>;
}

/** Whether PostgreSQL can keep a text: it has neither a NUL nor half a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

const field = ['input', 'idempotencyKey'];
const malformedKey = userError(
  'INVALID',
  'The idempotency key must have 1 to 255 characters.',
  '冪等鍵的長度必須是 1 到 255 個字元。',
  field,
);
const inProgress = userError(
  'IN_PROGRESS',
  'The same request is being processed right now. Please ask again shortly.',
  '同一個請求正在處理中，請稍後再試。',
  field,
);
const conflict = userError(
  'IDEMPOTENCY_CONFLICT',
  'This idempotency key was used before with other arguments.',
  '這個冪等鍵先前已用於不同的內容。',
  field,
);
