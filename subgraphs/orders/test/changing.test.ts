import { ann, bob, staff } from '@supportgraph/commerce/testing';
import { nobody, type Language, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { order, shopFile } from './shop.js';
import { startWorld, type World } from './world.js';

/** Every test takes orders of its own; they are imported together before the first test. */
const taken: object[] = [];
function takeOrder(fields: object = {}): string {
  const number = `#W4${String(taken.length).padStart(6, '0')}`;
  taken.push(order(number, fields));
  return `ord_${number.slice(1)}`;
}

let world: World;
beforeAll(async () => {
  world = await startWorld(shopFile(taken));
});
afterAll(() => world.close());

let keys = 0;
const key = () => ({ idempotencyKey: `key ${keys++}` });
const address = { line1: '7 New Street', city: 'Newtown', postcode: '20002', countryCode: 'us' };
const operator: Viewer = { ...staff, role: 'OPERATOR' };

interface Payload {
  order?: Record<string, unknown> | null;
  customer?: Record<string, unknown> | null;
  shop?: Record<string, unknown> | null;
  userErrors: { __typename: string; code: string; message: string; field: string[] | null }[];
}

const selection = `userErrors { __typename code message field
  ... on OrderStateError { status availableActions }
  ... on InsufficientBalanceError { available { amount currency } required { amount } }
}`; // prettier-ignore
const orderSelection = `order { id status cancelReason itemsModified availableActions total { amount } shippingAddress { line1 line2 city countryCode }
  items { options { value } price { amount } } transactions { kind amount { amount } paymentMethod { id } } paymentMethod { id }
  customer { paymentMethods { id ... on GiftCard { balance { amount } } } } }`; // prettier-ignore

async function mutate(
  field: string,
  input: object,
  viewer: Viewer = ann,
  language: Language = 'en',
  of = orderSelection,
): Promise<Payload> {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${of} ${selection} } }`;
  const data = await world.run<Record<string, Payload>>(document, { input }, viewer, language);
  return data[field]!;
}

describe('cancelOrder', () => {
  const own = takeOrder({ transactions: [{ kind: 'PAYMENT', amount: '20.00', paymentMethodId: 'gift' }] });
  const again = takeOrder();
  const processed = takeOrder({ status: 'PROCESSED' });
  const forStaff = takeOrder();

  test('stops the order, and the payload shows what has changed with it', async () => {
    const before = '{ customer(id: "cus_ann") { paymentMethods { ... on GiftCard { balance { amount } } } } }';
    expect(await world.run(before, {}, ann)).toMatchObject({
      customer: { paymentMethods: [{}, {}, { balance: { amount: '30.00' } }, {}] },
    });
    expect(await mutate('cancelOrder', { ...key(), orderId: own, reason: 'ORDERED_BY_MISTAKE' })).toMatchObject({
      order: {
        ...{ id: own, status: 'CANCELLED', cancelReason: 'ORDERED_BY_MISTAKE', availableActions: [] },
        transactions: [
          { kind: 'PAYMENT', amount: { amount: '20.00' } },
          { kind: 'REFUND', amount: { amount: '20.00' }, paymentMethod: { id: 'pay_gift' } },
        ],
        customer: { paymentMethods: [{}, {}, { balance: { amount: '50.00' } }, {}] },
      },
      userErrors: [],
    });
  });

  test('gives the first result again for the same key, and refuses the key for anything else', async () => {
    const input = { ...key(), orderId: again, reason: 'NO_LONGER_NEEDED' };
    const first = await mutate('cancelOrder', input);
    expect(await mutate('cancelOrder', input)).toEqual(first);
    expect(first.order).toMatchObject({ status: 'CANCELLED', transactions: [{}, {}] });
    const other = await mutate('cancelOrder', { ...input, reason: 'ORDERED_BY_MISTAKE' });
    expect(other).toMatchObject({
      order: null,
      userErrors: [{ code: 'IDEMPOTENCY_CONFLICT', field: ['input', 'idempotencyKey'] }],
    });
  });

  test('is refused once the order is packed, with where it stands and what can be done', async () => {
    const input = { ...key(), orderId: processed, reason: 'NO_LONGER_NEEDED' };
    expect(await mutate('cancelOrder', input, ann, 'zh-Hant')).toEqual({
      order: null,
      userErrors: [
        {
          __typename: 'OrderStateError',
          code: 'ORDER_NOT_PENDING',
          message: '這筆訂單已不是待處理狀態，或先前已變更過，因此無法進行這項操作。',
          field: ['input', 'orderId'],
          status: 'PROCESSED',
          availableActions: ['REFUND'],
        },
      ],
    });
  });

  test('is FORBIDDEN to staff who do not say for whom and why, and kept in the audit when they do', async () => {
    const input = { ...key(), orderId: forStaff, reason: 'NO_LONGER_NEEDED' };
    expect(await mutate('cancelOrder', input, staff)).toMatchObject({
      order: null,
      userErrors: [{ __typename: 'InputError', code: 'FORBIDDEN', field: ['input', 'onBehalf'] }],
    });
    const onBehalf = { handoffId: 'hof_1', reason: 'The customer called.' };
    expect(await mutate('cancelOrder', { ...input, ...key(), onBehalf }, staff)).toMatchObject({
      order: { status: 'CANCELLED' },
      userErrors: [],
    });
    const { db } = world.commerce.deps;
    const entries = await db.prisma.auditEvent.findMany({ where: { subjectId: forStaff }, orderBy: { id: 'asc' } });
    expect(entries.map(({ outcome }) => outcome).sort()).toEqual(['DENIED', 'SUCCEEDED']);
  });
});

describe('updateOrderAddress', () => {
  const own = takeOrder();

  test('replaces the whole address, once for each key', async () => {
    const input = { ...key(), orderId: own, address };
    const changed = await mutate('updateOrderAddress', input);
    expect(changed).toMatchObject({
      order: { shippingAddress: { line1: '7 New Street', line2: null, city: 'Newtown', countryCode: 'US' } },
      userErrors: [],
    });
    expect(await mutate('updateOrderAddress', input)).toEqual(changed);
  });

  test('names each part that is wrong', async () => {
    const wrong = { ...address, line1: '  ', city: 'New\ntown', countryCode: 'USA' };
    expect(await mutate('updateOrderAddress', { ...key(), orderId: own, address: wrong })).toMatchObject({
      order: null,
      userErrors: ['line1', 'city', 'countryCode'].map((part) => ({
        ...{ code: 'INVALID', field: ['input', 'address', part] },
      })),
    });
  });
});

describe('updateOrderItems', () => {
  const own = takeOrder({ items: [taken.length, taken.length].map(() => shirt()) });
  const other = takeOrder({ items: [shirt()] });
  const line = (orderId: string, index: number) => orderId.replace('ord_', 'itm_') + `_${index}`;
  function shirt() {
    return { productId: 'shirt', variantId: 'blueM', name: 'T-Shirt', price: '20.00', options: { color: 'blue' } };
  }

  test('gives each line its new variant and settles the difference, once', async () => {
    const changes = [{ orderItemId: line(own, 1), newVariantId: 'var_redM' }];
    const input = { ...key(), orderId: own, changes, paymentMethodId: 'pay_paypal' };
    const changed = await mutate('updateOrderItems', input);
    expect(changed).toMatchObject({
      order: {
        ...{ itemsModified: true, total: { amount: '45.50' }, availableActions: ['UPDATE_ADDRESS', 'REFUND'] },
        items: [{ price: { amount: '20.00' } }, { price: { amount: '25.50' }, options: [{ value: 'red' }, { value: 'M' }] }],
        transactions: [{}, { kind: 'PAYMENT', amount: { amount: '5.50' }, paymentMethod: { id: 'pay_paypal' } }],
      },
      userErrors: [],
    }); // prettier-ignore
    expect(await mutate('updateOrderItems', input)).toEqual(changed);
    expect(await mutate('updateOrderItems', { ...input, ...key() })).toMatchObject({
      order: null,
      userErrors: [{ code: 'ORDER_NOT_PENDING', status: 'PENDING', availableActions: ['UPDATE_ADDRESS', 'REFUND'] }],
    });
  });

  test('is refused with the amounts when a gift card holds too little', async () => {
    const changes = [{ orderItemId: line(other, 0), newVariantId: 'var_redM' }];
    const input = { ...key(), orderId: other, changes, paymentMethodId: 'pay_poorGift' };
    expect(await mutate('updateOrderItems', input)).toEqual({
      order: null,
      userErrors: [
        {
          __typename: 'InsufficientBalanceError',
          code: 'INSUFFICIENT_BALANCE',
          message: 'The gift card does not hold enough.',
          field: ['input', 'paymentMethodId'],
          available: { amount: '0.50', currency: 'USD' },
          required: { amount: '5.50' },
        },
      ],
    });
  });

  test.each([
    ['an empty list', [], 'INVALID'],
    ['a line of another order', [{ orderItemId: 'itm_W1000001_0', newVariantId: 'var_redM' }], 'NOT_FOUND'],
    ['what is not in stock', [{ orderItemId: line(other, 0), newVariantId: 'var_greyM' }], 'ITEM_UNAVAILABLE'],
    ['another product', [{ orderItemId: line(other, 0), newVariantId: 'var_mug' }], 'VARIANT_MISMATCH'],
  ])('is refused for %s', async (_, changes, code) => {
    const input = { ...key(), orderId: other, changes, paymentMethodId: 'pay_card' };
    expect(await mutate('updateOrderItems', input)).toMatchObject({ order: null, userErrors: [{ code }] });
  });
});

describe('updateOrderPayment', () => {
  const own = takeOrder();

  test('pays with the new method and gives the old one its money back, once for each key', async () => {
    const input = { ...key(), orderId: own, paymentMethodId: 'pay_paypal' };
    const changed = await mutate('updateOrderPayment', input);
    expect(changed).toMatchObject({
      order: {
        paymentMethod: { id: 'pay_paypal' },
        transactions: [
          { kind: 'PAYMENT', paymentMethod: { id: 'pay_card' } },
          { kind: 'PAYMENT', paymentMethod: { id: 'pay_paypal' } },
          { kind: 'REFUND', paymentMethod: { id: 'pay_card' } },
        ],
      },
      userErrors: [],
    });
    expect(await mutate('updateOrderPayment', input)).toEqual(changed);
  });

  test('is refused for another customer’s way to pay', async () => {
    const input = { ...key(), orderId: 'ord_W1000005', paymentMethodId: 'pay_bobsGift' };
    expect(await mutate('updateOrderPayment', input)).toMatchObject({
      order: null,
      userErrors: [{ code: 'PAYMENT_METHOD_INVALID', field: ['input', 'paymentMethodId'] }],
    });
  });
});

describe('updateCustomerAddress', () => {
  const of = 'customer { id defaultAddress { line1 } orders(first: 1) { nodes { shippingAddress { line1 } } } }';

  test('changes the viewer’s own default address and no order', async () => {
    const input = { ...key(), address };
    const changed = await mutate('updateCustomerAddress', input, ann, 'en', of);
    expect(changed).toEqual({
      customer: {
        ...{ id: 'cus_ann', defaultAddress: { line1: '7 New Street' } },
        orders: { nodes: [{ shippingAddress: { line1: '1 Test Street' } }] },
      },
      userErrors: [],
    });
    expect(await mutate('updateCustomerAddress', input, ann, 'en', of)).toEqual(changed);
  });

  test('is for staff only on behalf, and for others not there', async () => {
    const input = () => ({ ...key(), customerId: 'cus_bob', address });
    expect(await mutate('updateCustomerAddress', input(), ann, 'en', of)).toMatchObject({
      customer: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'customerId'] }],
    });
    expect(await mutate('updateCustomerAddress', input(), staff, 'en', of)).toMatchObject({
      userErrors: [{ code: 'FORBIDDEN', field: ['input', 'onBehalf'] }],
    });
    const onBehalf = { reason: 'By phone' };
    expect(await mutate('updateCustomerAddress', { ...input(), onBehalf }, staff, 'en', of)).toMatchObject({
      customer: { id: 'cus_bob', defaultAddress: { line1: '7 New Street' } },
    });
  });
});

describe('every change of an order', () => {
  const wishes = (orderId: string): [string, object][] => [
    ['cancelOrder', { orderId, reason: 'NO_LONGER_NEEDED' }],
    ['updateOrderAddress', { orderId, address }],
    ['updateOrderItems', { orderId, changes: [], paymentMethodId: 'pay_card' }],
    ['updateOrderPayment', { orderId, paymentMethodId: 'pay_paypal' }],
  ];

  test.each(wishes('ord_W1000004'))(
    'by %s is for others exactly as if the order were not there',
    async (field, wish) => {
      for (const viewer of [bob, nobody]) {
        const others = await mutate(field, { ...key(), ...wish }, viewer);
        expect(others).toEqual(await mutate(field, { ...key(), ...wish, orderId: 'ord_nothing' }, viewer));
        expect(others).toMatchObject({ order: null, userErrors: [{ code: 'NOT_FOUND', field: ['input', 'orderId'] }] });
      }
    },
  );

  test.each(wishes('ord_W1000004'))(
    'by %s refuses texts that cannot be kept, and a key of no length',
    async (field, wish) => {
      const odd = [
        ...['nonsense\0', '\ud800'].map((orderId) => ({ ...key(), orderId })),
        ...['', 'a\0b', 'k'.repeat(256)].map((idempotencyKey) => ({ idempotencyKey })),
        { ...key(), onBehalf: { reason: 'because\0' } },
      ];
      for (const changes of odd) {
        expect(await mutate(field, { ...wish, ...changes }, staff)).toMatchObject({ order: null, userErrors: [{}] });
      }
    },
  );
});

describe('updateShopSettings', () => {
  const of = 'shop { name returnWindowDays automaticRefundLimit { amount } verification businessHours { timeZone spans { weekday } } }'; // prettier-ignore
  const delivered = takeOrder({ status: 'DELIVERED', deliveredAt: '2026-01-20T00:00:00Z' });

  test('changes what is said and leaves the rest, and orders go by it at once', async () => {
    const changed = await mutate(
      'updateShopSettings',
      { name: 'Better shop', returnWindowDays: 5, automaticRefundLimit: '10.5', businessSpans: [] },
      ...([operator, 'en', of] as const),
    );
    expect(changed).toEqual({
      shop: {
        ...{ name: 'Better shop', returnWindowDays: 5, automaticRefundLimit: { amount: '10.50' } },
        ...{ verification: 'EMAIL', businessHours: { timeZone: 'Asia/Taipei', spans: [] } },
      },
      userErrors: [],
    });
    const query = 'query ($id: ID!) { order(id: $id) { availableActions } }';
    expect(await world.run(query, { id: delivered }, ann)).toEqual({ order: { availableActions: ['REFUND'] } });
    const unlimited = await mutate('updateShopSettings', { returnWindowDays: null }, operator, 'en', of);
    expect(unlimited.shop).toMatchObject({ name: 'Better shop', returnWindowDays: null });
  });

  test('names each setting that is wrong', async () => {
    const wrong = { name: '', timeZone: 'Mars/Olympus', returnWindowDays: -1, automaticRefundLimit: '10.999', linkHosts: ['https://x'] }; // prettier-ignore
    const { shop, userErrors } = await mutate('updateShopSettings', wrong, operator, 'en', of);
    expect(shop).toBeNull();
    expect(userErrors.map(({ field }) => field?.[1])).toEqual([
      ...['name', 'returnWindowDays', 'timeZone', 'linkHosts', 'automaticRefundLimit'],
    ]);
    expect(await mutate('updateShopSettings', { name: 'a\0b' }, operator, 'en', of)).toMatchObject({
      shop: null,
      userErrors: [{ code: 'INVALID' }],
    });
  });

  test('is for operators only', async () => {
    expect(await mutate('updateShopSettings', { name: 'X' }, staff, 'en', of)).toMatchObject({
      userErrors: [{ code: 'FORBIDDEN' }],
    });
    expect(await mutate('updateShopSettings', { name: 'X' }, ann, 'en', of)).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });
});
