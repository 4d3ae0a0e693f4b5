export * from './database.js';
export * from './embedded/embeddedPostgres.js';
export * from './migrate.js';
export * from './slice.js';
export { isConflict, type TransactionOptions, type Tx } from './transaction.js';
export * from './generated/prisma/client.js';
