import { order, shopFile } from './shop.js';

type Options = Readonly<Record<string, string>>;
const variant = (id: string, price: string, options: Options, available = true) => ({ id, price, options, available });
const product = (id: string, name: string, variants: readonly ReturnType<typeof variant>[]) => ({ id, name, variants });

const products = [
  product('speaker', 'Bluetooth Speaker', [
    variant('speakerBlackSmall', '44.50', { color: 'black', size: 'small' }),
    variant('speakerBlueLarge', '46.00', { color: 'blue', size: 'large' }),
    variant('speakerRedSmall', '45.00', { color: 'red', size: 'small' }),
    variant('speakerRedLarge', '47.00', { color: 'red', size: 'large' }, false),
  ]),
  product('tablet', 'Tablet', [
    variant('tablet128', '249.00', { screen: '8 inch', storage: '128 GB' }),
    variant('tablet256', '289.00', { screen: '8 inch', storage: '256 GB' }),
  ]),
  product('kettle', 'Electric Kettle', [
    variant('kettle1', '46.80', { capacity: '1 litre', color: 'steel' }),
    variant('kettle15', '48.70', { capacity: '1.5 litres', color: 'steel' }),
  ]),
  product('towel', 'Bath Towel', [
    variant('towelWhite', '19.45', { color: 'white', size: '50 × 100' }),
    variant('towelSand', '19.45', { color: 'sand', size: '50 × 100' }),
    variant('towelWhiteBig', '25.45', { color: 'white', size: '70 × 140' }),
  ]),
  product('frame', 'Picture Frame', [variant('frameA4', '13.60', { size: 'A4', color: 'oak' })]),
  product('earbuds', 'Wireless Earbuds', [variant('earbuds', '59.90', { color: 'black', case: 'standard' })]),
  product('lamp', 'Desk Lamp', [variant('lamp', '42.70', { color: 'white', power: 'mains' })]),
];

function itemOf(variantId: string) {
  for (const { id: productId, name, variants } of products) {
    const found = variants.find(({ id }) => id === variantId);
    if (found) return { productId, name, variantId, price: found.price, options: found.options };
  }
  throw new Error(variantId);
}

function bought(number: string, placedAt: string, variantIds: readonly string[], fields: object = {}): object {
  const items = variantIds.map(itemOf);
  const amount = items.reduce((sum, { price }) => sum + Number(price), 0).toFixed(2);
  const transactions = [{ kind: 'PAYMENT', amount, paymentMethodId: 'corasCard' }];
  return order(number, { customerId: 'cora', placedAt, items, transactions, ...fields });
}

/** The orders of cora, newest first by number: goods of many kinds, by which customers call their orders. */
export function goodsShop(): object {
  const shop = shopFile() as { products: object[]; customers: object[]; orders: object[] };
  const address = { line1: '1 Test Street', city: 'Testville', region: 'CA', postcode: '90001', countryCode: 'US' };
  const cora = {
    ...{ id: 'cora', email: 'cora@example.com', firstName: 'Cora', lastName: 'Example', address },
    createdAt: '2025-01-01T00:00:00Z',
    paymentMethods: [
      { id: 'corasCard', kind: 'CREDIT_CARD', brand: 'visa', lastFour: '1881' },
      { id: 'corasPaypal', kind: 'PAYPAL' },
    ],
  };
  return {
    ...shop,
    products: [...shop.products, ...products],
    customers: [...shop.customers, cora],
    orders: [
      ...shop.orders,
      bought('#W5000001', '2025-12-01T10:00:00Z', ['lamp'], { status: 'DELIVERED', deliveredAt: '2025-12-05T10:00:00Z' }), // prettier-ignore
      bought('#W5000002', '2026-01-10T10:00:00Z', ['speakerBlackSmall']),
      bought('#W5000003', '2026-01-11T10:00:00Z', ['tablet128']),
      bought('#W5000004', '2026-01-12T10:00:00Z', ['kettle1', 'frameA4']),
      bought('#W5000005', '2026-01-13T10:00:00Z', ['towelWhite']),
      bought('#W5000006', '2026-01-14T10:00:00Z', ['earbuds']),
    ],
  };
}
