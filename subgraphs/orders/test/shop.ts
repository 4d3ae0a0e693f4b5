/** The customers, products and orders that the tests of this subgraph ask about. */
const annsAddress = {
  line1: '1 Test Street',
  line2: 'Flat 2',
  city: 'Testville',
  region: 'CA',
  postcode: '90001',
  countryCode: 'US',
};
const bobsAddress = { line1: '9 Other Road', city: 'Elsewhere', region: 'NY', postcode: '10001', countryCode: 'US' };

const shirt = (variantId: string, price: string, options: object) => ({
  ...{ productId: 'shirt', name: 'T-Shirt', variantId, price, options },
});
const blue = shirt('blueM', '20.00', { color: 'blue', size: 'M' });
const red = shirt('redM', '25.50', { color: 'red', size: 'M' });
const mug = { productId: 'mug', name: 'Coffee Mug', variantId: 'mug', price: '8.25', options: {} };

const pay = (amount: string, paymentMethodId = 'card') => [{ kind: 'PAYMENT', amount, paymentMethodId }];

/** An order of ann's: what is not said is a pending one of a blue shirt, paid by card. */
export function order(number: string, fields: object = {}): object {
  return {
    ...{ number, customerId: 'ann', status: 'PENDING', placedAt: '2026-01-02T03:04:05Z', address: annsAddress },
    ...{ items: [blue], transactions: pay('20.00') },
    ...fields,
  };
}

/** Ann's orders in every state that customers ask about, newest first by number; bob has one. */
export const orders: readonly object[] = [
  order('#W1000001', {
    status: 'DELIVERED',
    placedAt: '2025-12-01T10:00:00Z',
    deliveredAt: '2025-12-05T15:30:00Z',
    items: [blue, mug],
    transactions: pay('28.25', 'gift'),
    fulfillments: [
      { trackingNumbers: ['1Z999'], items: [0] },
      { trackingNumbers: ['1Z888', '1Z777'], items: [1] },
    ],
  }),
  order('#W1000002', {
    status: 'PROCESSED',
    placedAt: '2026-01-10T10:00:00Z',
    items: [mug],
    transactions: pay('8.25', 'paypal'),
    fulfillments: [{ trackingNumbers: ['446622'], items: [0] }],
  }),
  order('#W1000003', { status: 'CANCELLED', placedAt: '2026-01-15T10:00:00Z', cancelReason: 'NO_LONGER_NEEDED' }),
  order('#W1000004', { placedAt: '2026-01-20T10:00:00Z', items: [blue, blue, mug], transactions: pay('48.25') }),
  order('#W1000005', { placedAt: '2026-01-25T10:00:00Z', items: [red], transactions: pay('25.50') }),
  order('#W2000001', {
    customerId: 'bob',
    placedAt: '2026-01-21T10:00:00Z',
    address: bobsAddress,
    transactions: pay('20.00', 'bobsGift'),
  }),
];

/** A shop file with these orders. */
export function shopFile(moreOrders: readonly object[] = []): object {
  return {
    currency: 'USD',
    settings: {
      ...{ name: 'Test shop', verification: 'EMAIL', returnWindowDays: 90, timeZone: 'Asia/Taipei' },
      ...{ linkHosts: ['shop.example'], businessSpans: [{ weekday: 1, opens: '09:00', closes: '18:00' }] },
    },
    products: [
      {
        ...{ id: 'shirt', name: 'T-Shirt' },
        variants: [
          { id: 'blueM', options: { color: 'blue', size: 'M' }, price: '20.00', available: true },
          { id: 'blueL', options: { color: 'blue', size: 'L' }, price: '22.00', available: true },
          { id: 'redM', options: { color: 'red', size: 'M' }, price: '25.50', available: true },
          { id: 'greyM', options: { color: 'grey', size: 'M' }, price: '10.00', available: false },
        ],
      },
      {
        id: 'mug',
        name: 'Coffee Mug',
        variants: [{ id: 'mug', options: {}, price: '8.25', available: true }],
      },
      {
        id: 'headphones',
        name: 'Wireless Headphones',
        variants: [{ id: 'hpBlack', options: { color: 'black' }, price: '99.00', available: true }],
      },
    ],
    customers: [
      {
        ...{ id: 'ann', email: 'ann@example.com', firstName: 'Ann', lastName: 'Example', address: annsAddress },
        createdAt: '2025-01-01T00:00:00Z',
        paymentMethods: [
          { id: 'card', kind: 'CREDIT_CARD', brand: 'visa', lastFour: '4242' },
          { id: 'paypal', kind: 'PAYPAL' },
          { id: 'gift', kind: 'GIFT_CARD', balance: '30.00' },
          { id: 'poorGift', kind: 'GIFT_CARD', balance: '0.50' },
        ],
      },
      {
        ...{ id: 'bob', email: 'bob@example.com', firstName: 'Bob', lastName: 'Example', address: bobsAddress },
        createdAt: '2025-02-01T00:00:00Z',
        paymentMethods: [{ id: 'bobsGift', kind: 'GIFT_CARD', balance: '100.00' }],
      },
    ],
    orders: [...orders, ...moreOrders],
  };
}
