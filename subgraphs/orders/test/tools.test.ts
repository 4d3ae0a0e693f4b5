import { modelClient } from '@supportgraph/agent';
import { routeJob, scriptedModel, type ScriptStep } from '@supportgraph/agent/testing';
import { bob } from '@supportgraph/commerce/testing';
import { nobody, silent, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRoutes } from '../src/agent/answer.js';
import { shopFile } from './shop.js';
import { startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(shopFile());
});
afterAll(() => world.close());

const ann: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_ann' };
const operator: Viewer = { ...nobody, role: 'OPERATOR', staffId: 'stf_1' };

const message = 'I am Ann Example, ann@example.com, 90001. It is #W1000001 or #W2000001.';

/** Lets a model that plays this script answer; its last step is a sentence. */
async function play(viewer: Viewer, call: readonly { name: string; input: object }[], ...more: ScriptStep[]) {
  const { commerce, conversation } = world;
  const model = scriptedModel({ call }, ...more, { say: 'Done.' });
  const models = {
    client: modelClient({ fetch: model.fetch }),
    names: { small: ['m'], middle: ['m'], large: ['m'] } as const,
  };
  const handle = answerRoutes({ commerce, conversation, clock: commerce.deps.clock, models, recordUse: () => {}, log: silent }); // prettier-ignore
  const job = routeJob(message, { viewer, ...(viewer.sessionId && { sessionId: viewer.sessionId }) });
  const outcome = await handle({ ...job, agent: 'ORDERS', intent: 'ORDER' } as unknown as Parameters<typeof handle>[0]);
  const results = job.writer.calls.map(({ name, outcome }) => ({ name, ...outcome }));
  return { outcome, results, job, model };
}

let sessions = 0;
async function visitor(): Promise<Viewer> {
  const started = await world.conversation.sessions.start(nobody, {
    idempotencyKey: `s ${sessions++}`,
    channel: 'WEB',
  });
  if (!started.ok || !started.value.session) throw new Error('No session');
  return { ...nobody, sessionId: started.value.session.id };
}

describe('a model that is up to no good', () => {
  test.each([
    ['get_order', { number: '#W1000001', customerId: 'cus_ann' }],
    ['list_my_orders', { customer_id: 'cus_ann' }],
    ['verify_customer', { email: 'ann@example.com', customerId: 'cus_ann' }],
    ['propose_cancellation', { number: '#W1000004', reason: 'BECAUSE' }],
    ['propose_cancellation', { orderId: 'ord_W1000004' }],
    ['get_order', {}],
  ])('cannot call %s with %o', async (name, input) => {
    const { job } = await play(ann, [{ name, input }]);
    expect(job.writer.calls).toEqual([]);
    expect(job.proposals).toEqual([]);
  });

  test('sees nothing of another customer’s order, and can propose nothing for it', async () => {
    const number = '#W1000004';
    const { results, job } = await play(bob, [
      { name: 'get_order', input: { number } },
      { name: 'preview_item_change', input: { number, changes: [{ orderItemId: 'itm_W1000004_0', newVariantId: 'var_redM' }] } },
      { name: 'propose_cancellation', input: { number, reason: 'NO_LONGER_NEEDED' } },
      { name: 'propose_payment_change', input: { number, paymentMethodId: 'pay_bobsGift' } },
    ]); // prettier-ignore
    expect(results.map(({ status, result }) => [status, result])).toEqual(
      Array(4).fill(['FAILED', [{ code: 'NOT_FOUND', message: 'There is no such object.' }]]),
    );
    expect([job.proposals, job.writer.orders]).toEqual([[], []]);
  });

  test('cannot pay with another customer’s gift card', async () => {
    const input = { number: '#W2000001', paymentMethodId: 'pay_gift' };
    const { results, job } = await play(bob, [{ name: 'propose_payment_change', input }]);
    expect(results).toMatchObject([{ status: 'FAILED', result: [{ code: 'NOT_FOUND' }] }]);
    expect(job.proposals).toEqual([]);
  });

  test('cannot say for the customer who they are', async () => {
    const input = { email: 'bob@example.com' };
    const { results } = await play(await visitor(), [{ name: 'verify_customer', input }], {
      call: [{ name: 'list_my_orders', input: {} }],
    });
    expect(results).toMatchObject([
      { status: 'FAILED', result: [{ code: 'NOT_FOUND' }] },
      { status: 'FAILED', result: [{ code: 'WHO_IS_ASKING_EMAIL' }] },
    ]);
  });

  test('learns nothing about anybody while it is not known who is asking', async () => {
    const viewer = await visitor();
    const { results } = await play(viewer, [
      { name: 'list_my_orders', input: {} },
      { name: 'get_order', input: { number: '#W1000001' } },
      { name: 'list_payment_methods', input: {} },
      { name: 'propose_default_address', input: { address: { line1: 'x', line2: null, city: 'y', region: null, postcode: '1', countryCode: 'US' } } },
    ]); // prettier-ignore
    expect(results.map(({ result }) => result)).toEqual(
      Array(4).fill([expect.objectContaining({ code: 'WHO_IS_ASKING_EMAIL' })]),
    );
  });
});

describe('the tools', () => {
  test('act for the customer who was recognised in the same answer', async () => {
    const viewer = await visitor();
    const { results, job } = await play(
      viewer,
      [{ name: 'verify_customer', input: { firstName: 'ann', lastName: 'EXAMPLE', postcode: '90001' } }],
      { call: [{ name: 'get_order', input: { number: 'w1000002' } }] },
    );
    expect(results).toMatchObject([
      { name: 'verify_customer', status: 'SUCCEEDED', result: { verified: true } },
      { name: 'get_order', status: 'SUCCEEDED', result: { number: '#W1000002', trackingNumbers: ['446622'] } },
    ]);
    expect(job.writer.orders).toEqual(['ord_W1000002']);
  });

  test('say what a change of items would cost', async () => {
    const changes = [{ orderItemId: 'itm_W1000005_0', newVariantId: 'var_blueM' }];
    const { results } = await play(ann, [{ name: 'preview_item_change', input: { number: '#W1000005', changes } }]);
    expect(results).toMatchObject([
      { status: 'SUCCEEDED', result: { difference: 'USD -5.50', newTotal: 'USD 20.00' } },
    ]);
  });

  test('ask for what the shop has set, and recognise nobody by less', async () => {
    const ask = async (claim: object) => {
      const verify = { name: 'verify_customer', input: claim };
      const { results } = await play(await visitor(), [verify], { call: [{ name: 'list_my_orders', input: {} }] });
      return results.map(({ result }) => (Array.isArray(result) ? (result as { code: string }[])[0]!.code : 'found'));
    };
    const email = 'ann@example.com';
    const name = { firstName: 'Ann', lastName: 'Example', postcode: '90001' };
    await world.commerce.shop.change(operator, { verification: 'EMAIL_AND_POSTCODE' });
    expect(await ask({ email })).toEqual(['CUSTOMER_NOT_VERIFIED', 'WHO_IS_ASKING_EMAIL_AND_POSTCODE']);
    expect(await ask(name)).toEqual(['CUSTOMER_NOT_VERIFIED', 'WHO_IS_ASKING_EMAIL_AND_POSTCODE']);
    expect(await ask({ email, postcode: '90001' })).toEqual(['found', 'found']);
    expect(await ask({ ...name, orderNumber: '#W1000001' })).toEqual(['found', 'found']);
    expect(await ask({ ...name, orderNumber: '#W2000001' })).toEqual(['CUSTOMER_NOT_VERIFIED', 'WHO_IS_ASKING_EMAIL_AND_POSTCODE']); // prettier-ignore
    await world.commerce.shop.change(operator, { verification: 'TOKEN_ONLY' });
    expect(await ask({ email, ...name })).toEqual(['CUSTOMER_NOT_VERIFIED', 'WHO_IS_ASKING_TOKEN_ONLY']);
    await world.commerce.shop.change(operator, { verification: 'EMAIL' });
  });
});
