import type { Database, Tx } from '@supportgraph/data';
import type { Page } from '@supportgraph/subgraph';
import type { ApiClientRecord, NewApiClient } from '../domain/apiClient.js';

/** Sort key of the list, newest first: ids sort by the time they were made. */
export const apiClientKey = ['string'] as const;

const columns = {
  id: true,
  name: true,
  scopes: true,
  keyPrefix: true,
  requestsPerMinute: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

/** The clients of a page, nearest to its key first. */
export function readApiClients(
  { prisma }: Pick<Database, 'prisma'>,
  { take, backward, key }: Page<typeof apiClientKey>,
): Promise<ApiClientRecord[]> {
  return prisma.apiClient.findMany({
    select: columns,
    where: key ? { id: backward ? { gt: key[0] } : { lt: key[0] } } : {},
    orderBy: { id: backward ? 'asc' : 'desc' },
    take,
  });
}

/** The clients with these ids that there are. */
export function loadApiClients(
  { prisma }: Pick<Database, 'prisma'>,
  ids: readonly string[],
): Promise<ApiClientRecord[]> {
  return prisma.apiClient.findMany({ select: columns, where: { id: { in: [...ids] } } });
}

/** Keeps a new client, of its key only the start and a hash. */
export async function insertApiClient(
  tx: Tx,
  client: NewApiClient & { id: string; keyPrefix: string; keyHash: Uint8Array<ArrayBuffer>; createdAt: Date },
): Promise<void> {
  await tx.apiClient.create({ data: client });
}

/** Takes a client's key from it. What it was: just revoked, revoked before, or not there. */
export async function markRevoked(tx: Tx, id: string, now: Date): Promise<'revoked' | 'before' | null> {
  const { count } = await tx.apiClient.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  if (count) return 'revoked';
  return (await tx.apiClient.findUnique({ where: { id }, select: { id: true } })) && 'before';
}
