import { nobody, type Result, type UserError } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { totalOf, type Order } from '../src/index.js';
import { ann, bob, staff, startCommerce, testShop, type TestCommerce, type TestOrder } from '../src/testing/index.js';

let commerce: TestCommerce;
const orders: TestOrder[] = [];
let next = 1;

/** Every test takes orders of its own; they are imported together before the first test. */
function order(fields: Omit<TestOrder, 'number'> = {}): string {
  const number = `#T${next++}`;
  orders.push({ number, ...fields });
  return `ord_${number.slice(1)}`;
}

let keys = 0;
const key = () => ({ idempotencyKey: `key ${keys++}` });

beforeAll(async () => {
  commerce = await startCommerce(testShop(orders));
});
afterAll(() => commerce.stop());

function errorOf(result: Result<unknown>): UserError {
  if (result.ok) throw new Error('It was not refused');
  return result.errors[0]!;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.errors[0]?.code} at ${result.errors[0]?.field?.join('.')}`);
  return result.value;
}

async function balanceOf(id: string): Promise<number> {
  const [method] = await commerce.customers.loadMethods(staff, [id]);
  if (method?.kind !== 'GIFT_CARD') throw new Error('Not a gift card');
  return method.balance;
}

const shown = ({ transactions }: Order) =>
  transactions.map(({ kind, amount, paymentMethodId }) => [kind, amount, paymentMethodId]);

describe('cancelling', () => {
  const paidByCard = order();
  const paidByGift = order({ paidWith: 'gift' });
  const processed = order({ status: 'PROCESSED' });
  const modified = order({ itemsModified: true });
  const wrongReason = order();

  test('gives a card its payment back, through an approved refund that is still to be sent', async () => {
    const wish = { ...key(), orderId: paidByCard, reason: 'NO_LONGER_NEEDED' };
    const cancelled = valueOf(await commerce.orders.cancel(ann, wish));
    expect(cancelled).toMatchObject({ status: 'CANCELLED', cancelReason: 'NO_LONGER_NEEDED' });
    expect(shown(cancelled)).toEqual([
      ['PAYMENT', 2000, 'pay_card'],
      ['REFUND', 2000, 'pay_card'],
    ]);
    expect(cancelled.refunds).toMatchObject([{ cause: 'CANCELLATION', status: 'APPROVED', amount: 2000 }]);
  });

  test('raises the balance of a gift card at once', async () => {
    const before = await balanceOf('pay_gift');
    const wish = { ...key(), orderId: paidByGift, reason: 'ORDERED_BY_MISTAKE' };
    const cancelled = valueOf(await commerce.orders.cancel(ann, wish));
    expect(await balanceOf('pay_gift')).toBe(before + 2000);
    expect(cancelled.refunds).toMatchObject([{ status: 'COMPLETED' }]);
  });

  test.each([
    ['a processed order', processed, 'NO_LONGER_NEEDED', 'ORDER_NOT_PENDING'],
    ['an order whose items were changed', modified, 'NO_LONGER_NEEDED', 'ORDER_NOT_PENDING'],
    ['an order for another reason', wrongReason, 'FOUND_CHEAPER', 'INVALID'],
    ['an order that is not there', 'ord_none', 'NO_LONGER_NEEDED', 'NOT_FOUND'],
  ])('is refused for %s', async (_, orderId, reason, code) => {
    expect(errorOf(await commerce.orders.cancel(ann, { ...key(), orderId, reason }))).toMatchObject({ code });
  });

  test('says what state the order is in and what can be done instead', async () => {
    const error = errorOf(
      await commerce.orders.cancel(ann, { ...key(), orderId: modified, reason: 'NO_LONGER_NEEDED' }),
    );
    expect(error).toMatchObject({
      typeName: 'OrderStateError',
      status: 'PENDING',
      availableActions: ['UPDATE_ADDRESS', 'UPDATE_PAYMENT', 'REFUND'],
    });
  });
});

describe('who may', () => {
  const anns = order();
  const wish = { orderId: anns, reason: 'NO_LONGER_NEEDED' };

  test("somebody else's order is word for word as if it did not exist", async () => {
    const foreign = await commerce.orders.cancel(bob, { ...key(), ...wish });
    const missing = await commerce.orders.cancel(bob, { ...key(), ...wish, orderId: 'ord_none' });
    expect(errorOf(foreign)).toEqual(errorOf(missing));
    expect(await commerce.orders.find(bob, anns)).toBeNull();
    expect(await commerce.orders.find(nobody, anns)).toBeNull();
    expect(await commerce.orders.findByNumber(bob, anns.slice(4))).toBeNull();
    expect(await commerce.orders.pagesOfCustomers(bob, ['cus_ann'], null, { take: 5, key: null })).toEqual([[]]);
    expect(await commerce.orders.page(ann, {}, { take: 5, key: null })).toEqual([]);
  });

  test('staff needs a reason to act for a customer, and a customer cannot give one', async () => {
    expect(errorOf(await commerce.orders.cancel(staff, { ...key(), ...wish }))).toMatchObject({ code: 'FORBIDDEN' });
    const blank = { ...key(), ...wish, onBehalf: { reason: ' ' } };
    expect(errorOf(await commerce.orders.cancel(staff, blank))).toMatchObject({ code: 'FORBIDDEN' });
    const own = { ...key(), ...wish, onBehalf: { reason: 'me' } };
    expect(errorOf(await commerce.orders.cancel(ann, own))).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('the audit keeps what was denied, and for whom the staff acted', async () => {
    const onBehalf = { reason: 'She called us', handoffId: 'hof_1' };
    valueOf(await commerce.orders.cancel(staff, { ...key(), ...wish, onBehalf }));
    const entries = await commerce.deps.db.prisma.auditEvent.findMany({
      where: { subjectId: anns },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ outcome, code, actorId, reason }) => [outcome, code, actorId, reason])).toEqual([
      ['DENIED', 'NOT_FOUND', 'cus_bob', null],
      ['DENIED', 'FORBIDDEN', 'stf_sam', null],
      ['DENIED', 'FORBIDDEN', 'stf_sam', ' '],
      ['DENIED', 'FORBIDDEN', 'cus_ann', 'me'],
      ['SUCCEEDED', null, 'stf_sam', 'She called us'],
    ]);
  });
});

describe('changing the address', () => {
  const pending = order();
  const modified = order({ itemsModified: true });
  const delivered = order({ status: 'DELIVERED' });
  const address = {
    line1: ' 2 New Road ',
    line2: '',
    city: 'Taipei',
    region: null,
    postcode: '100',
    countryCode: 'tw',
  };

  test.each([pending, modified])('replaces it whole, and leaves the default address alone', async (orderId) => {
    const changed = valueOf(await commerce.orders.changeAddress(ann, { ...key(), orderId, address }));
    expect(changed.address).toEqual({
      ...{ line1: '2 New Road', line2: null, city: 'Taipei', region: null, postcode: '100', countryCode: 'TW' },
    });
    expect(await commerce.customers.find(ann, 'cus_ann')).toMatchObject({ address: { line1: '1 Test Street' } });
  });

  test('is refused once the order was delivered', async () => {
    const error = errorOf(await commerce.orders.changeAddress(ann, { ...key(), orderId: delivered, address }));
    expect(error).toMatchObject({ code: 'ORDER_NOT_PENDING', status: 'DELIVERED' });
  });

  test('names every part that cannot be right, and changes nothing', async () => {
    const wrong = { ...address, line1: ' ', countryCode: 'Taiwan', city: 'a\r\nb' };
    const result = await commerce.orders.changeAddress(ann, { ...key(), orderId: pending, address: wrong });
    expect(result.ok ? [] : result.errors.map(({ field }) => field?.at(-1))).toEqual(['line1', 'city', 'countryCode']);
  });
});

describe('changing the payment', () => {
  const toGift = order();
  const toPoorGift = order();
  const same = order();
  const foreign = order();
  const modified = order({ status: 'PROCESSED' });

  test('pays with the new way and then refunds the old one; only once', async () => {
    const before = await balanceOf('pay_gift');
    const wish = { orderId: toGift, paymentMethodId: 'pay_gift' };
    const changed = valueOf(await commerce.orders.changePayment(ann, { ...key(), ...wish }));
    expect(shown(changed)).toEqual([
      ['PAYMENT', 2000, 'pay_card'],
      ['PAYMENT', 2000, 'pay_gift'],
      ['REFUND', 2000, 'pay_card'],
    ]);
    expect(await balanceOf('pay_gift')).toBe(before - 2000);
    const again = await commerce.orders.changePayment(ann, { ...key(), ...wish, paymentMethodId: 'pay_paypal' });
    expect(errorOf(again)).toMatchObject({ code: 'ORDER_NOT_PENDING' });
  });

  test('a gift card must hold the whole amount', async () => {
    const wish = { ...key(), orderId: toPoorGift, paymentMethodId: 'pay_poorGift' };
    expect(errorOf(await commerce.orders.changePayment(ann, wish))).toMatchObject({
      ...{ code: 'INSUFFICIENT_BALANCE', typeName: 'InsufficientBalanceError', available: 50, required: 2000 },
    });
  });

  test.each([
    ['the way already in use', same, 'pay_card', 'PAYMENT_METHOD_INVALID'],
    ["another customer's", foreign, 'pay_bobsGift', 'PAYMENT_METHOD_INVALID'],
    ['a way for an order under way', modified, 'pay_paypal', 'ORDER_NOT_PENDING'],
  ])('is refused to %s', async (_, orderId, paymentMethodId, code) => {
    expect(errorOf(await commerce.orders.changePayment(ann, { ...key(), orderId, paymentMethodId }))).toMatchObject({
      code,
    });
  });
});

describe('changing items', () => {
  const dearer = order({ items: ['blue', 'mug'] });
  const cheaper = order({ paidWith: 'gift' });
  const even = order();
  const refused = order({ items: ['blue', 'blue', 'mug'] });
  const previewed = order({ items: ['blue', 'mug'] });
  const line = (orderId: string, index: number) => `itm_${orderId.slice(4)}_${index}`;

  test('takes the new price and options; the difference is paid once, and then no more', async () => {
    const changes = [{ orderItemId: line(dearer, 0), newVariantId: 'var_red' }];
    const wish = { orderId: dearer, changes, paymentMethodId: 'pay_paypal' };
    const changed = valueOf(await commerce.orders.changeItems(ann, { ...key(), ...wish }));
    expect(changed).toMatchObject({ status: 'PENDING', itemsModified: true });
    expect(changed.items[0]).toMatchObject({
      variantId: 'var_red',
      price: 2550,
      options: [{ name: 'color', value: 'red' }],
    });
    expect(shown(changed).slice(1)).toEqual([['PAYMENT', 550, 'pay_paypal']]);
    expect(totalOf(changed)).toBe(3375);
    const again = await commerce.orders.changeItems(ann, { ...key(), ...wish });
    expect(errorOf(again)).toMatchObject({ code: 'ORDER_NOT_PENDING' });
  });

  test('gives a negative difference to the chosen gift card', async () => {
    const before = await balanceOf('pay_poorGift');
    const changes = [{ orderItemId: line(cheaper, 0), newVariantId: 'var_green' }];
    const wish = { ...key(), orderId: cheaper, changes, paymentMethodId: 'pay_poorGift' };
    const changed = valueOf(await commerce.orders.changeItems(ann, wish));
    expect(shown(changed).slice(1)).toEqual([['REFUND', 500, 'pay_poorGift']]);
    expect(await balanceOf('pay_poorGift')).toBe(before + 500);
  });

  test('leaves a refund of nothing if the prices are the same', async () => {
    const changes = [{ orderItemId: line(even, 0), newVariantId: 'var_white' }];
    const wish = { ...key(), orderId: even, changes, paymentMethodId: 'pay_card' };
    const changed = valueOf(await commerce.orders.changeItems(ann, wish));
    expect(shown(changed).slice(1)).toEqual([['REFUND', 0, 'pay_card']]);
    expect(changed.refunds).toEqual([]);
  });

  const change = (index: number, variant: string) => ({
    orderItemId: line(refused, index),
    newVariantId: `var_${variant}`,
  });
  test.each([
    ['nothing', [], 'pay_card', 'INVALID', 'changes'],
    ['a line that is named twice', [change(0, 'red'), change(0, 'green')], 'pay_card', 'INVALID', 'changes'],
    [
      'a line of another order',
      [{ orderItemId: line(dearer, 0), newVariantId: 'var_red' }],
      'pay_card',
      'NOT_FOUND',
      'orderItemId',
    ],
    ['a variant that is not there', [change(0, 'none')], 'pay_card', 'NOT_FOUND', 'newVariantId'],
    ['the same variant', [change(0, 'blue')], 'pay_card', 'VARIANT_MISMATCH', 'newVariantId'],
    ['another product', [change(0, 'mug')], 'pay_card', 'VARIANT_MISMATCH', 'newVariantId'],
    ['a variant that is sold out', [change(0, 'soldOut')], 'pay_card', 'ITEM_UNAVAILABLE', 'newVariantId'],
    [
      "another customer's payment method",
      [change(0, 'red')],
      'pay_bobsGift',
      'PAYMENT_METHOD_INVALID',
      'paymentMethodId',
    ],
  ])('is refused for %s', async (_, changes, paymentMethodId, code, argument) => {
    const error = errorOf(
      await commerce.orders.changeItems(ann, { ...key(), orderId: refused, changes, paymentMethodId }),
    );
    expect(error.code).toBe(code);
    expect(error.field?.at(-1)).toBe(argument);
  });

  test('one bad line stops all of them, and two lines of one variant are two lines', async () => {
    const mixed = {
      ...key(),
      orderId: refused,
      changes: [change(0, 'red'), change(1, 'mug')],
      paymentMethodId: 'pay_card',
    };
    expect(errorOf(await commerce.orders.changeItems(ann, mixed))).toMatchObject({
      field: ['input', 'changes', '1', 'newVariantId'],
    });
    const both = {
      ...key(),
      orderId: refused,
      changes: [change(0, 'red'), change(1, 'green')],
      paymentMethodId: 'pay_card',
    };
    const changed = valueOf(await commerce.orders.changeItems(ann, both));
    expect(changed.items.map(({ variantId }) => variantId)).toEqual(['var_red', 'var_green', 'var_mug']);
    expect(shown(changed).slice(1)).toEqual([['PAYMENT', 50, 'pay_card']]);
  });

  test('can be looked at first, which changes nothing', async () => {
    const changes = [{ orderItemId: line(previewed, 0), newVariantId: 'var_green' }];
    const preview = await commerce.orders.previewItemChange(ann, previewed, changes);
    expect(preview).toEqual({ ok: true, value: { difference: -500, newTotal: 2325 } });
    expect(errorOf(await commerce.orders.previewItemChange(bob, previewed, changes))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await commerce.orders.find(ann, previewed)).toMatchObject({ itemsModified: false });
  });
});

describe('idempotency keys', () => {
  const orderId = order();
  const other = order();

  test('the same wish again gives the first result, another wish is a conflict', async () => {
    const wish = { ...key(), orderId, reason: 'NO_LONGER_NEEDED' };
    const first = valueOf(await commerce.orders.cancel(ann, wish));
    expect(valueOf(await commerce.orders.cancel(ann, wish))).toEqual(first);
    const conflict = await commerce.orders.cancel(ann, { ...wish, orderId: other });
    expect(errorOf(conflict)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  test('ten at once cancel once', async () => {
    const wish = { ...key(), orderId: other, reason: 'NO_LONGER_NEEDED' };
    const results = await Promise.all(Array.from({ length: 10 }, () => commerce.orders.cancel(ann, wish)));
    for (const result of results) if (!result.ok) expect(errorOf(result).code).toBe('IN_PROGRESS');
    expect(await commerce.orders.find(ann, other)).toMatchObject({ status: 'CANCELLED', transactions: { length: 2 } });
  });
});
