import path from 'node:path';
import { defineConfig } from 'prisma/config';

/** For people with the Prisma CLI. The platform and its tests apply migrations themselves and never read this. */
export default defineConfig({
  schema: path.join('prisma', 'schema'),
  migrations: { path: path.join('prisma', 'migrations') },
  datasource: {
    url: process.env['DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/supportgraph',
    shadowDatabaseUrl: process.env['SHADOW_DATABASE_URL'],
  },
});
