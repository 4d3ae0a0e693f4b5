/** What belongs to bob alone: none of it may be in what ann reads, what is kept of her turns, or what her models are sent. */
export const bobsData = /Elsewhere|Other Road|Otherby|Secret Lamp|77\.77|my birthday/;

const annsAddress = { line1: '1 Test Street', city: 'Testville', region: 'CA', postcode: '90001', countryCode: 'US' };
const bobsAddress = { line1: '9 Other Road', city: 'Elsewhere', region: 'NY', postcode: '10001', countryCode: 'US' };

const blue = { productId: 'shirt', variantId: 'blue', name: 'T-Shirt', price: '20.00', options: { color: 'blue' } };
const mug = { productId: 'mug', variantId: 'mug', name: 'Coffee Mug', price: '8.25', options: {} };
// Of a product that is no longer sold: nobody but bob reads its name.
const lamp = { name: 'Secret Lamp', price: '77.77', options: {} };

const pay = (amount: string, paymentMethodId = 'card') => [{ kind: 'PAYMENT', amount, paymentMethodId }];

/** Customers `ann` and `bob`, who has two orders of his own (W2…). The last of ann's are for what she agrees to. */
export function shopFile(now: Date): object {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000).toISOString();
  const order = (number: string, fields: object = {}) => ({
    ...{ number, customerId: 'ann', status: 'PENDING', placedAt: daysAgo(9), address: annsAddress },
    ...{ items: [blue], transactions: pay('20.00') },
    ...fields,
  });
  const delivered = { status: 'DELIVERED', deliveredAt: daysAgo(3) };
  const bobs = { customerId: 'bob', address: bobsAddress, items: [lamp], transactions: pay('77.77', 'bobsGift') };
  return {
    currency: 'USD',
    settings: {
      ...{ name: 'Test shop', verification: 'EMAIL', returnWindowDays: 90, automaticRefundLimit: '50.00' },
      linkHosts: ['shop.example'],
    },
    products: [
      {
        ...{ id: 'shirt', name: 'T-Shirt' },
        variants: [
          { id: 'blue', options: { color: 'blue' }, price: '20.00', available: true },
          { id: 'red', options: { color: 'red' }, price: '25.50', available: true },
        ],
      },
      { id: 'mug', name: 'Coffee Mug', variants: [{ id: 'mug', options: {}, price: '8.25', available: true }] },
    ],
    customers: [
      {
        ...{ id: 'ann', email: 'ann@example.com', firstName: 'Ann', lastName: 'Example', address: annsAddress },
        paymentMethods: [
          { id: 'card', kind: 'CREDIT_CARD', brand: 'visa', lastFour: '4242' },
          { id: 'paypal', kind: 'PAYPAL' },
          { id: 'gift', kind: 'GIFT_CARD', balance: '30.00' },
        ],
      },
      {
        ...{ id: 'bob', email: 'bob@example.com', firstName: 'Bob', lastName: 'Otherby', address: bobsAddress },
        paymentMethods: [{ id: 'bobsGift', kind: 'GIFT_CARD', balance: '100.00' }],
      },
    ],
    orders: [
      order('#W1000001', { ...delivered, items: [blue, mug], transactions: pay('28.25') }),
      order('#W1000004', { items: [blue, blue, mug], transactions: pay('48.25') }),
      order('#W1000005'),
      ...['#W1000011', '#W1000012', '#W1000013'].map((number) => order(number, delivered)),
      order('#W2000001', bobs),
      order('#W2000002', { ...bobs, ...delivered }),
    ],
  };
}
