import { nobody, type Viewer } from '@supportgraph/kernel';
import { audit } from '@supportgraph/data';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const now = new Date('2026-11-24T08:00:00Z');
const customer: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_1', sessionId: 'ses_1' };
let made: TestDatabase;
beforeAll(async () => {
  made = await testDatabase();
});
afterAll(() => made.drop());

test('a deed is kept with who did it, in which session and what was changed', async () => {
  await made.db.transaction((tx) =>
    audit(
      tx,
      {
        viewer: customer,
        action: 'order.cancel',
        outcome: 'SUCCEEDED',
        subjectId: 'ord_1',
        changes: { status: { before: 'PENDING', after: 'CANCELLED' } },
      },
      now,
    ),
  );
  expect(await made.db.prisma.auditEvent.findMany()).toEqual([
    expect.objectContaining({
      id: expect.stringMatching(/^aud_/),
      occurredAt: now,
      actorRole: 'CUSTOMER',
      actorId: 'cus_1',
      actorName: 'cus_1',
      action: 'order.cancel',
      outcome: 'SUCCEEDED',
      subjectId: 'ord_1',
      sessionId: 'ses_1',
      changes: { status: { before: 'PENDING', after: 'CANCELLED' } },
    }),
  ]);
});

test.each([
  "UPDATE platform.audit_events SET action = 'nothing'",
  'DELETE FROM platform.audit_events',
  'DELETE FROM platform.audit_events WHERE false',
  'TRUNCATE platform.audit_events CASCADE',
  "UPDATE platform.audit_chain SET hash = ''",
  'DELETE FROM platform.audit_chain',
  'TRUNCATE platform.audit_chain',
])('the audit refuses: %s', async (statement) => {
  const before = await made.db.prisma.auditEvent.findMany();
  await expect(made.db.query(statement)).rejects.toThrow(/append-only/);
  expect(await made.db.prisma.auditEvent.findMany()).toEqual(before);
});

test('a link of the chain is unique to its event and its position', async () => {
  const { id } = await made.db.prisma.auditEvent.findFirstOrThrow();
  const link = (position: bigint) =>
    made.db.prisma.auditLink.create({ data: { position, eventId: id, hash: Buffer.from('00', 'hex') } });
  await link(1n);
  await expect(link(2n)).rejects.toMatchObject({ code: 'P2002' });
});
