import { spawn } from 'node:child_process';
import { audit, chainAudit } from '@supportgraph/data';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { nobody, silent } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rootFolder } from '../supergraph/src/folders.js';

// Each test starts processes.
vi.setConfig({ testTimeout: 120_000 });

let made: TestDatabase;
beforeAll(async () => {
  made = await testDatabase();
  const { db } = made;
  for (const action of ['a', 'b', 'c'])
    await db.transaction((tx) => audit(tx, { viewer: nobody, action, outcome: 'SUCCEEDED' }, new Date()));
  const chaining = chainAudit({ db, log: silent, everyMs: 50 });
  await vi.waitUntil(async () => (await db.prisma.auditLink.count()) === 3, { timeout: 20_000 });
  await chaining.stop();
});
afterAll(() => made.drop());

/** Runs the command as a person would; what it said and how it ended. */
function verify(...args: string[]): Promise<{ said: string; code: number | null }> {
  const imports = ['--import', './scripts/textLoader.mjs', '--import', 'tsx'];
  const child = spawn(process.execPath, [...imports, 'scripts/auditVerify.ts', ...args], {
    cwd: rootFolder(),
    env: { PATH: process.env['PATH'], DATABASE_URL: made.url, LOG_LEVEL: 'silent' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ said, code })));
}

test('audit:verify prints the head of a whole chain, and names the first broken link of another', async () => {
  const whole = await verify();
  expect(whole).toMatchObject({ code: 0, said: expect.stringContaining('3 links are as they were made.') });
  const [, head] = /Head: (3:[0-9a-f]{64})/.exec(whole.said)!;
  await made.db.query('ALTER TABLE platform.audit_events DISABLE TRIGGER USER');
  await made.db.query(`UPDATE platform.audit_events SET actor_name = 'another' WHERE action = 'b'`);
  const broken = await verify(`--head=${head}`);
  expect(broken).toMatchObject({ code: 1, said: expect.stringMatching(/Link 2 \(event aud_\w+\) is broken/) });
});
