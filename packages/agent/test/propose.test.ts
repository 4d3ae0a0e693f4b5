import { fail, ok, userError } from '@supportgraph/kernel';
import { expect, test } from 'vitest';
import { propose, ToolRefusal, type NewProposal } from '../src/index.js';
import { routeJob } from '../src/testing/index.js';

const refusal = userError('ORDER_NOT_PENDING', 'It was sent.', '已出貨。');
const draft: NewProposal = {
  kind: 'CANCEL_ORDER',
  customerId: 'cus_1',
  orderId: 'ord_1',
  title: { en: 'Cancel order #1', 'zh-Hant': '取消訂單 #1' },
  lines: [{ label: { en: 'Refund', 'zh-Hant': '退款' }, value: { en: 'USD 20.00', 'zh-Hant': 'USD 20.00' } }],
  wish: { secret: 'of the service' },
};

test('the model learns what was proposed in the language of the session, and nothing of how it is done', async () => {
  const job = routeJob('取消', { language: 'zh-Hant' });
  const answer = await propose(job, ok(draft));
  expect(answer).toMatchObject({ proposed: '取消訂單 #1', details: ['退款: USD 20.00'] });
  expect(JSON.stringify(answer)).not.toContain('secret');
  expect(job.proposals).toEqual([draft]);
});

test('a draft that is refused proposes nothing', async () => {
  const job = routeJob('cancel');
  expect(await propose(job, fail(refusal))).toEqual(new ToolRefusal([refusal], true));
  expect(job.proposals).toEqual([]);
});

test('the model is told when too many wait', async () => {
  const job = { propose: async () => fail(refusal) };
  expect(await propose(job, ok(draft))).toEqual(new ToolRefusal([refusal], true));
});
