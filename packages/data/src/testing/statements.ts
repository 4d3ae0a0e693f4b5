import pg from 'pg';

/** The statements that this process sends to PostgreSQL meanwhile, whichever client sends them. */
export async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const { query } = pg.Client.prototype;
  // The one place that both Prisma's adapter and our own queries pass.
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [asked] = args;
    statements.push(typeof asked === 'string' ? asked : (asked as { text: string }).text);
    return Reflect.apply(query, this, args) as never;
  };
  try {
    await act();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements;
}
