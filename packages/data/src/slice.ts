import type { PrismaClient } from './generated/prisma/client.js';

/** Names of the tables' delegates: `order`, `message` … */
export type TableName = Exclude<keyof PrismaClient, `$${string}` | symbol>;

/** The part of the client that one workspace may use: its own tables only. */
export function slice<K extends TableName>(prisma: PrismaClient, ...names: K[]): Pick<PrismaClient, K> {
  return Object.fromEntries(names.map((name) => [name, prisma[name]])) as Pick<PrismaClient, K>;
}
