import type { Database } from './database.js';

/** Refuses a database whose locale leaves trigrams of Chinese empty, so that searches would silently find nothing. */
export async function requireChineseSearch(db: Pick<Database, 'query'>): Promise<void> {
  const [row] = await db.query<{ finds: boolean }>("SELECT cardinality(show_trgm('退貨')) > 0 AS finds");
  if (row?.finds) return;
  throw new Error(
    'The locale of this database keeps Chinese text from being found. ' +
      "Make it anew with CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
  );
}
