import { testDatabase } from '@supportgraph/data/testing';
import { expect, onTestFinished, test } from 'vitest';
import { auditDenials } from '../src/registry.js';

test('what an agent was kept from is a row of the audit', async () => {
  const { db, drop } = await testDatabase();
  onTestFinished(drop);
  const denied = auditDenials({ db, clock: () => new Date() });
  const of = { sessionId: 'ses_1', turnId: 'trn_1', agent: 'ORDERS' } as const;
  await denied({ ...of, action: 'agent.toolDenied', tool: 'db_query', why: 'unknownTool' });
  await denied({ ...of, action: 'agent.promptLeaked', why: 'promptLeaked' });
  const rows = await db.prisma.auditEvent.findMany({ orderBy: { id: 'asc' } });
  expect(rows).toMatchObject([
    {
      ...{ action: 'agent.toolDenied', outcome: 'DENIED', code: 'unknownTool', actorName: 'ORDERS' },
      ...{ sessionId: 'ses_1', subjectId: 'trn_1', changes: { tool: 'db_query' } },
    },
    { action: 'agent.promptLeaked', outcome: 'DENIED', code: 'promptLeaked', changes: { tool: null } },
  ]);
});
