/** Fails if the migrations do not make the tables that `prisma/schema` declares. */
import { prisma } from './prisma.js';

const code = await prisma([
  'migrate',
  'diff',
  '--from-migrations',
  'prisma/migrations',
  '--to-schema',
  'prisma/schema',
  '--exit-code',
]);
// 2 is Prisma's word for "there is a difference", which it has printed.
if (code === 2) console.error('prisma/migrations and prisma/schema differ: write a migration.');
process.exitCode = code;
