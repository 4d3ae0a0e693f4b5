import { ann, bob, staff } from '@supportgraph/commerce/testing';
import { statementsOf } from '@supportgraph/data/testing';
import { nobody, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { order, shopFile } from './shop.js';
import { startWorld, type World } from './world.js';

const many = Array.from({ length: 30 }, (_, index) =>
  order(`#W31000${String(index).padStart(2, '0')}`, {
    ...{ customerId: index % 2 ? 'ann' : 'bob', placedAt: '2025-06-01T00:00:00Z' },
    transactions: [{ kind: 'PAYMENT', amount: '20.00', paymentMethodId: index % 2 ? 'card' : 'bobsGift' }],
  }),
);

let world: World;
beforeAll(async () => {
  world = await startWorld(shopFile(many));
});
afterAll(() => world.close());

const orderFields = /* GraphQL */ `
  fragment OrderFields on Order {
    id number status cancelReason placedAt deliveredAt availableActions itemsModified
    customer { id displayName }
    shippingAddress { line1 line2 city region postcode countryCode }
    items { id name price { amount currency } options { name value } variant { id price { amount } isAvailable product { id name } } }
    total { amount currency }
    paymentMethod { __typename id label refundTime { min max } ... on GiftCard { balance { amount } } ... on CreditCard { brand lastFour } }
    transactions { kind amount { amount } paymentMethod { id } occurredAt }
    fulfillments { trackingNumbers items { id } }
  }
`; // prettier-ignore

describe('an order', () => {
  test('shows everything about itself to its customer', async () => {
    const query = `query ($id: ID!) { order(id: $id) { ...OrderFields } } ${orderFields}`;
    const { order } = await world.run<{ order: unknown }>(query, { id: 'ord_W1000001' }, ann);
    expect(order).toEqual({
      id: 'ord_W1000001',
      number: '#W1000001',
      status: 'DELIVERED',
      cancelReason: null,
      placedAt: '2025-12-01T10:00:00.000Z',
      deliveredAt: '2025-12-05T15:30:00.000Z',
      availableActions: ['RETURN', 'EXCHANGE', 'REFUND'],
      itemsModified: false,
      customer: { id: 'cus_ann', displayName: 'Ann Example' },
      shippingAddress: {
        ...{ line1: '1 Test Street', line2: 'Flat 2', city: 'Testville' },
        ...{ region: 'CA', postcode: '90001', countryCode: 'US' },
      },
      items: [
        {
          id: 'itm_W1000001_0',
          name: 'T-Shirt',
          price: { amount: '20.00', currency: 'USD' },
          options: [
            { name: 'color', value: 'blue' },
            { name: 'size', value: 'M' },
          ],
          variant: {
            id: 'var_blueM',
            price: { amount: '20.00' },
            isAvailable: true,
            product: { id: 'prd_shirt', name: 'T-Shirt' },
          },
        },
        {
          id: 'itm_W1000001_1',
          name: 'Coffee Mug',
          price: { amount: '8.25', currency: 'USD' },
          options: [],
          variant: {
            id: 'var_mug',
            price: { amount: '8.25' },
            isAvailable: true,
            product: { id: 'prd_mug', name: 'Coffee Mug' },
          },
        },
      ],
      total: { amount: '28.25', currency: 'USD' },
      paymentMethod: {
        ...{ __typename: 'GiftCard', id: 'pay_gift', label: 'Gift card' },
        ...{ refundTime: { min: 0, max: 0 }, balance: { amount: '30.00' } },
      },
      transactions: [
        {
          ...{ kind: 'PAYMENT', amount: { amount: '28.25' }, paymentMethod: { id: 'pay_gift' } },
          occurredAt: '2025-12-01T10:00:00.000Z',
        },
      ],
      fulfillments: [
        { trackingNumbers: ['1Z999'], items: [{ id: 'itm_W1000001_0' }] },
        { trackingNumbers: ['1Z888', '1Z777'], items: [{ id: 'itm_W1000001_1' }] },
      ],
    });
  });

  test.each(['#W1000003', 'W1000003', ' #w1000003 ', '＃W1000003'])('is found by its number as %o', async (number) => {
    const query = 'query ($number: String!) { orderByNumber(number: $number) { id status cancelReason } }';
    const { orderByNumber } = await world.run<{ orderByNumber: unknown }>(query, { number }, ann);
    expect(orderByNumber).toEqual({ id: 'ord_W1000003', status: 'CANCELLED', cancelReason: 'NO_LONGER_NEEDED' });
  });

  test.each([
    ['#W1000002', []],
    ['#W1000003', []],
    ['#W1000004', ['CANCEL', 'UPDATE_ADDRESS', 'UPDATE_ITEMS', 'UPDATE_PAYMENT', 'REFUND']],
  ])('%s says what can be done with it', async (number, known) => {
    const query = 'query ($number: String!) { orderByNumber(number: $number) { availableActions } }';
    const { orderByNumber } = await world.run<{ orderByNumber: { availableActions: string[] } }>(
      query,
      { number },
      ann,
    );
    expect(orderByNumber.availableActions.filter((action) => number !== '#W1000002' || action !== 'REFUND')).toEqual(
      number === '#W1000003' ? ['REFUND'] : known,
    );
  });

  test('previews a change of items without doing it, and says in which argument it errs', async () => {
    const query = `query ($changes: [ItemChangeInput!]!) { order(id: "ord_W1000004") {
      previewItemChange(changes: $changes) { priceChange { difference { amount } newTotal { amount currency } } userErrors { code field message } }
    } }`; // prettier-ignore
    const preview = async (newVariantId: string, language: 'en' | 'zh-Hant' = 'en') => {
      const changes = [{ orderItemId: 'itm_W1000004_0', newVariantId }];
      const { order } = await world.run<{ order: { previewItemChange: unknown } }>(query, { changes }, ann, language);
      return order.previewItemChange;
    };
    expect(await preview('var_redM')).toEqual({
      priceChange: { difference: { amount: '5.50' }, newTotal: { amount: '53.75', currency: 'USD' } },
      userErrors: [],
    });
    const field = ['changes', '0', 'newVariantId'];
    expect(await preview('var_greyM')).toMatchObject({
      priceChange: null,
      userErrors: [{ code: 'ITEM_UNAVAILABLE', field }],
    });
    expect(await preview('var_mug', 'zh-Hant')).toMatchObject({
      userErrors: [{ code: 'VARIANT_MISMATCH', field, message: '新款式必須是同一商品的其他款式。' }],
    });
    expect(await preview('var_nothing')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', field }] });
    expect(await preview('nonsense\0')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', field }] });
  });

  test('previews no change of a delivered order, and says what can be done instead', async () => {
    const query = `{ order(id: "ord_W1000001") { previewItemChange(changes: [{ orderItemId: "itm_W1000001_0", newVariantId: "var_redM" }]) {
      priceChange { newTotal { amount } } userErrors { __typename code ... on OrderStateError { status availableActions } }
    } } }`; // prettier-ignore
    const { order } = await world.run<{ order: { previewItemChange: unknown } }>(query, {}, ann);
    expect(order.previewItemChange).toEqual({
      priceChange: null,
      userErrors: [
        {
          ...{ __typename: 'OrderStateError', code: 'ORDER_NOT_PENDING', status: 'DELIVERED' },
          availableActions: ['RETURN', 'EXCHANGE', 'REFUND'],
        },
      ],
    });
  });
});

describe('what is not the viewer’s', () => {
  const query = `query ($id: ID!, $number: String!, $customer: ID!, $representations: [_Any!]!) {
    order(id: $id) { id } orderByNumber(number: $number) { id } customer(id: $customer) { email }
    orders { nodes { id } pageInfo { hasNextPage endCursor } } customers(query: "example") { nodes { id } pageInfo { hasNextPage } }
    _entities(representations: $representations) { __typename }
  }`; // prettier-ignore
  const asked = (id: string, number: string, customer: string, item: string, method: string) => ({
    ...{ id, number, customer },
    representations: [
      { __typename: 'Order', id },
      { __typename: 'Order', number },
      { __typename: 'Customer', id: customer },
      { __typename: 'OrderItem', id: item },
      { __typename: 'PaymentMethod', id: method },
      { __typename: 'CreditCard', id: method },
    ],
  });
  const others = asked('ord_W1000001', '#W1000001', 'cus_ann', 'itm_W1000001_0', 'pay_card');
  const absent = asked('ord_nothing', '#W9', 'cus_nobody', 'itm_none', 'pay_none');

  test.each<[string, Viewer]>([
    ['another customer', bob],
    ['nobody', nobody],
    ['a partner without scopes', { ...nobody, role: 'PARTNER', apiClientId: 'api_1' }],
  ])('is for %s exactly as if it were not there', async (_, viewer) => {
    const answer = await world.ask(query, others, viewer);
    expect(answer).toEqual(await world.ask(query, absent, viewer));
    expect(answer.data).toMatchObject({
      order: null,
      orderByNumber: null,
      customer: null,
      _entities: Array(6).fill(null),
    });
  });

  test('is there for the staff', async () => {
    const { data } = await world.ask(query, others, staff);
    expect(data).toMatchObject({
      order: { id: 'ord_W1000001' },
      customer: { email: 'ann@example.com' },
      _entities: [
        ...[{ __typename: 'Order' }, { __typename: 'Order' }, { __typename: 'Customer' }, { __typename: 'OrderItem' }],
        ...[{ __typename: 'CreditCard' }, { __typename: 'CreditCard' }],
      ],
    });
  });

  test.each(['nonsense', '', 'ord_', 'cus_ann', '#W1000001', 'ord_W1000001\0', `ord_${'x'.repeat(500)}`, '\ud800'])(
    'and what is no id at all is not there either: %o',
    async (id) => {
      const { data, errors } = await world.ask(query, asked(id, id, id, id, id), bob);
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ order: null, orderByNumber: null, customer: null });
    },
  );
});

describe('references of other subgraphs', () => {
  test('lead to every kind of object, in the order asked', async () => {
    const representations = [
      { __typename: 'ProductVariant', id: 'var_blueM' },
      { __typename: 'Order', number: '#W1000001' },
      { __typename: 'PaymentMethod', id: 'pay_paypal' },
      { __typename: 'Product', id: 'prd_mug' },
      { __typename: 'PaypalAccount', id: 'pay_paypal' },
      { __typename: 'GiftCard', id: 'pay_gift' },
      { __typename: 'OrderItem', id: 'itm_W1000001_1' },
      { __typename: 'Customer', id: 'cus_ann' },
    ];
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
      ... on ProductVariant { options { value } } ... on Order { id } ... on PaypalAccount { label } ... on GiftCard { balance { amount } }
      ... on Product { name } ... on OrderItem { name } ... on Customer { createdAt }
    } }`; // prettier-ignore
    const { _entities } = await world.run<{ _entities: unknown }>(query, { representations }, ann);
    expect(_entities).toEqual([
      { __typename: 'ProductVariant', options: [{ value: 'blue' }, { value: 'M' }] },
      { __typename: 'Order', id: 'ord_W1000001' },
      { __typename: 'PaypalAccount', label: 'PayPal' },
      { __typename: 'Product', name: 'Coffee Mug' },
      { __typename: 'PaypalAccount', label: 'PayPal' },
      { __typename: 'GiftCard', balance: { amount: '30.00' } },
      { __typename: 'OrderItem', name: 'Coffee Mug' },
      { __typename: 'Customer', createdAt: '2025-01-01T00:00:00.000Z' },
    ]);
  });
});

describe('a visitor', () => {
  test('sees the orders of the customer whom their session has recognised, and no others', async () => {
    const started = await world.conversation.sessions.start(nobody, { idempotencyKey: 'visitor', channel: 'WEB' });
    if (!started.ok || !started.value.session) throw new Error('No session');
    const visitor: Viewer = { ...nobody, sessionId: started.value.session.id };
    const query = '{ order(id: "ord_W1000001") { number } other: order(id: "ord_W2000001") { number } }';
    expect(await world.run(query, {}, visitor)).toEqual({ order: null, other: null });
    await world.conversation.sessions.bindCustomer(visitor, visitor.sessionId!, { customerId: 'cus_ann' });
    expect(await world.run(query, {}, visitor)).toEqual({ order: { number: '#W1000001' }, other: null });
  });
});

describe('a customer', () => {
  test('sees their profile, ways to pay and orders', async () => {
    const query = `{ customer(id: "cus_ann") { id email firstName lastName displayName createdAt defaultAddress { city }
      paymentMethods { id label refundTime { min max } }
      orders(filter: { status: [PENDING, CANCELLED] }) { nodes { number } }
    } }`; // prettier-ignore
    const { customer } = await world.run<{ customer: { orders: { nodes: { number: string }[] } } }>(query, {}, ann, 'zh-Hant'); // prettier-ignore
    expect(customer).toMatchObject({
      ...{ id: 'cus_ann', email: 'ann@example.com', firstName: 'Ann', lastName: 'Example' },
      ...{ displayName: 'Ann Example', createdAt: '2025-01-01T00:00:00.000Z', defaultAddress: { city: 'Testville' } },
      paymentMethods: [
        { id: 'pay_card', label: 'Visa（末四碼 4242）', refundTime: { min: 5, max: 7 } },
        { id: 'pay_paypal', label: 'PayPal' },
        { id: 'pay_gift', label: '禮品卡', refundTime: { min: 0, max: 0 } },
        { id: 'pay_poorGift' },
      ],
    });
    expect(customer.orders.nodes.slice(0, 3).map(({ number }) => number)).toEqual(['#W1000005', '#W1000004', '#W1000003']); // prettier-ignore
  });

  test('is found by the staff by name, e-mail or order number', async () => {
    const query = 'query ($query: String!) { customers(query: $query) { edges { cursor node { id } } nodes { id } } }';
    const find = async (text: string) => {
      const { customers } = await world.run<{ customers: { nodes: { id: string }[] } }>(query, { query: text }, staff);
      return customers.nodes.map(({ id }) => id);
    };
    expect(await find('example')).toEqual(['cus_bob', 'cus_ann']);
    expect(await find('ANN example')).toEqual(['cus_ann']);
    expect(await find('bob@example.com')).toEqual(['cus_bob']);
    expect(await find('#W2000001')).toEqual(['cus_bob']);
    expect(await find('%')).toEqual([]);
    expect(await find('\0')).toEqual([]);
    expect(await find('')).toEqual([]);
  });
});

describe('products', () => {
  test('are found by name, with their variants', async () => {
    const query = `query ($query: String) { products(query: $query) { edges { cursor } nodes { id name variants { id } available: variants(availableOnly: true) { id } } } }`;
    const { products } = await world.run<{ products: { nodes: unknown[] } }>(query, { query: 'shirt' });
    expect(products.nodes).toEqual([
      {
        ...{ id: 'prd_shirt', name: 'T-Shirt' },
        variants: [{ id: 'var_blueM' }, { id: 'var_blueL' }, { id: 'var_redM' }, { id: 'var_greyM' }],
        available: [{ id: 'var_blueM' }, { id: 'var_blueL' }, { id: 'var_redM' }],
      },
    ]);
    const all = await world.run<{ products: { nodes: { name: string }[] } }>(query, { query: null });
    expect(all.products.nodes.map(({ name }) => name)).toEqual(['Coffee Mug', 'T-Shirt', 'Wireless Headphones']);
    expect(await world.run(query, { query: 'a\0b' })).toEqual({ products: { edges: [], nodes: [] } });
  });

  test('are found by id', async () => {
    expect(await world.run('{ product(id: "prd_mug") { name } none: product(id: "prd_none") { name } }')).toEqual({
      product: { name: 'Coffee Mug' },
      none: null,
    });
  });
});

describe('the shop', () => {
  test('shows its settings and whether it is open', async () => {
    // A Sunday evening in Taipei, and the Monday after.
    const query = `{ shop { name currency returnWindowDays linkHosts verification automaticRefundLimit { amount }
      businessHours { timeZone isOpen opensAt spans { weekday opens closes } } } }`; // prettier-ignore
    world.commerce.setTime('2026-02-01T12:00:00Z');
    const { shop } = await world.run<{ shop: unknown }>(query);
    expect(shop).toEqual({
      ...{ name: 'Test shop', currency: 'USD', returnWindowDays: 90, linkHosts: ['shop.example'] },
      ...{ verification: 'EMAIL', automaticRefundLimit: { amount: '50.00' } },
      businessHours: {
        ...{ timeZone: 'Asia/Taipei', isOpen: false, opensAt: '2026-02-02T01:00:00.000Z' },
        spans: [{ weekday: 1, opens: '09:00', closes: '18:00' }],
      },
    });
    world.commerce.setTime('2026-02-02T02:00:00Z');
    const open = await world.run<{ shop: { businessHours: unknown } }>(query);
    expect(open.shop.businessHours).toMatchObject({ isOpen: true, opensAt: null });
    world.commerce.setTime('2026-02-01T12:00:00Z');
  });
});

describe('lists', () => {
  const query = `query ($first: Int, $after: String) { orders(first: $first, after: $after) {
    nodes { number } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }`; // prettier-ignore
  type Page = { orders: { nodes: { number: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };

  test('are walked page by page, nothing twice and nothing left out', async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { orders }: Page = await world.run<Page>(query, { first: 10, after }, staff);
      seen.push(...orders.nodes.map(({ number }) => number));
      ({ hasNextPage: more, endCursor: after } = orders.pageInfo);
    }
    expect(seen).toHaveLength(36);
    expect(new Set(seen).size).toBe(36);
    expect(seen.slice(0, 2)).toEqual(['#W1000005', '#W2000001']);
  });

  test('give no row for 0, and are refused for less, for more than 100, and for a cursor that is none of theirs', async () => {
    expect(await world.run(query, { first: 0 }, staff)).toMatchObject({ orders: { nodes: [], edges: [] } });
    expect((await world.run<Page>(query, { first: null }, staff)).orders.nodes).toHaveLength(20);
    const foreign = Buffer.from(JSON.stringify(['yesterday', 'ord_1'])).toString('base64url');
    for (const page of [{ first: -1 }, { first: 101 }, { after: 'nonsense' }, { after: foreign }]) {
      const { errors } = await world.ask(query, page, staff);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    for (const list of ['products(first: 101)', 'customers(query: "a", first: -1)']) {
      const { errors } = await world.ask(`{ ${list} { nodes { id } } }`, {}, staff);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    const nested = await world.ask('{ customer(id: "cus_ann") { orders(first: 101) { nodes { id } } } }', {}, ann);
    expect(nested.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('are filtered by state, customer and time', async () => {
    const filtered = `query ($filter: OrderFilterInput) { orders(filter: $filter, first: 100) { nodes { number } } }`;
    const find = async (filter: object) =>
      (await world.run<Page>(filtered, { filter }, staff)).orders.nodes.map(({ number }) => number);
    expect(await find({ status: ['DELIVERED', 'CANCELLED'] })).toEqual(['#W1000003', '#W1000001']);
    expect(await find({ customerId: 'cus_bob', placedFrom: '2026-01-01T00:00:00Z' })).toEqual(['#W2000001']);
    expect(await find({ placedFrom: '2026-01-20T10:00:00Z', placedBefore: '2026-01-21T10:00:00Z' })).toEqual(['#W1000004']); // prettier-ignore
    expect(await find({ customerId: 'cus_ann\0' })).toEqual([]);
  });

  test('of orders with customers, items and variants cost the same 5 statements, however many there are', async () => {
    const query = `query ($first: Int) { orders(first: $first) { nodes {
      number total { amount } customer { email } items { name variant { price { amount } isAvailable } }
    } } }`; // prettier-ignore
    for (const first of [2, 30]) {
      expect(await statementsOf(() => world.run(query, { first }, staff))).toHaveLength(5);
    }
  });

  test('of orders with everything that hangs on them cost no more for thirty than for two', async () => {
    const query = `query ($first: Int) { orders(first: $first) { nodes { ...OrderFields
      customer { paymentMethods { id label } orders(first: 3) { nodes { number items { variant { id product { variants { id } } } } } } }
      previewItemChange(changes: [{ orderItemId: "itm_W1000004_0", newVariantId: "var_redM" }]) { priceChange { newTotal { amount } } }
    } } } ${orderFields}`; // prettier-ignore
    for (const first of [2, 30]) {
      // Batches of different fields may fall together or not, so the number is not always the same.
      const statements = await statementsOf(() => world.run(query, { first }, staff));
      expect(statements.length).toBeLessThanOrEqual(32);
    }
  });

  test('of references cost one statement for each kind of thing, however many there are', async () => {
    const entities =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
    const ask = (count: number) =>
      statementsOf(() =>
        world.run(
          entities,
          {
            representations: many.slice(0, count).flatMap((_, index) => {
              const number = `W31000${String(index).padStart(2, '0')}`;
              return [
                { __typename: 'Order', id: `ord_${number}` },
                { __typename: 'Order', number: `#${number}` },
                { __typename: 'OrderItem', id: `itm_${number}_0` },
              ];
            }),
          },
          staff,
        ),
      );
    expect(await ask(30)).toHaveLength((await ask(1)).length);
  });
});
