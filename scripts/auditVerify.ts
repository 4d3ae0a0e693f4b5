/**
 * Computes the audit's chain of hashes again and names the first link that is broken: `npm run audit:verify`. With
 * `-- --head=POSITION:HASH`, as an earlier run printed it, also shows whether the end was cut off or written anew.
 * Works on DATABASE_URL or the embedded database in DATA_DIR, whether or not the platform runs. docs/audit.md explains it.
 */
import { parseArgs } from 'node:util';
import { verifyAudit, type AuditVerdict, type NotedHead } from '@supportgraph/data';
import { Refusal, runCommand } from './command.js';
import { withShop } from './openShop.js';

function readHead(args: readonly string[]): NotedHead | null {
  const { values } = parseArgs({ args: [...args], options: { head: { type: 'string' } } });
  if (values.head === undefined) return null;
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(values.head) ?? [];
  if (!position || !hash) throw new Refusal('--head is POSITION:HASH, as an earlier run of audit:verify printed it.');
  return { position: Number(position), hash };
}

function show({ links, head, unlinked }: AuditVerdict): void {
  console.log(`${links} links are as they were made.`);
  if (head) console.log(`Head: ${links}:${head}`);
  if (unlinked) console.log(`${unlinked} events older than a minute are not linked: does the platform run?`);
}

await runCommand(async () => {
  const noted = readHead(process.argv.slice(2));
  const verdict = await withShop(({ db }) => verifyAudit(db, noted));
  show(verdict);
  if (!verdict.broken) return;
  const { position, eventId, problem } = verdict.broken;
  throw new Refusal(`Link ${position}${eventId ? ` (event ${eventId})` : ''} is broken: ${problem}.`);
});
