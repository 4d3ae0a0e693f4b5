/**
 * Has refunds sent again that the payment provider refused for good, once the cause is mended:
 * `npm run refunds:retry -- REFUND_ID…`; without an id it lists them. Works on DATABASE_URL or the embedded database.
 */
import { parseArgs } from 'node:util';
import { openCommerce, type CommerceDeps } from '@supportgraph/commerce';
import { nobody } from '@supportgraph/kernel';
import { Refusal, runCommand } from './command.js';
import { withShop } from './openShop.js';

/** Whoever may start this may do everything with the database. */
const operator = { ...nobody, role: 'OPERATOR' } as const;

async function list({ db }: CommerceDeps): Promise<void> {
  const refused = await db.prisma.refund.findMany({
    where: { failedAt: { not: null } },
    orderBy: { failedAt: 'asc' },
    select: { id: true, orderId: true, failureCode: true, failedAt: true },
  });
  for (const { id, orderId, failureCode, failedAt } of refused)
    console.log([id, orderId, failureCode, failedAt?.toISOString()].join('  '));
  if (refused.length === 0) console.log('The payment provider has refused no refund.');
}

async function retry(deps: CommerceDeps, ids: readonly string[]): Promise<void> {
  const { refunds } = openCommerce(deps);
  for (const id of ids) {
    const result = await refunds.retry(operator, id);
    if (!result.ok) throw new Refusal(`${id}: ${result.errors[0]?.message.en}`);
    console.log(`${id} will be sent again.`);
  }
}

await runCommand(async () => {
  const { positionals } = parseArgs({ args: process.argv.slice(2), options: {}, allowPositionals: true });
  await withShop((deps) => (positionals.length ? retry(deps, positionals) : list(deps)));
});
