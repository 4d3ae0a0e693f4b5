import type { Result } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportShop, importShop, type ShopFile } from '../src/index.js';
import { ann, staff, startCommerce, testShop, textOf, type TestCommerce } from '../src/testing/index.js';

const started: TestCommerce[] = [];
async function start(file: object): Promise<TestCommerce> {
  const commerce = await startCommerce(file);
  started.push(commerce);
  return commerce;
}
afterAll(() => Promise.all(started.map(({ stop }) => stop())));

async function exported({ deps }: TestCommerce): Promise<string> {
  let text = '';
  await exportShop(deps, (piece) => void (text += piece));
  return text;
}

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.errors[0]?.message.en}`);
  return result.value;
}

let keys = 0;
const key = () => ({ idempotencyKey: `key ${keys++}` });
const delivered = { status: 'DELIVERED', deliveredAt: '2026-01-20T00:00:00Z' };

/** A shop in which everything has happened that can be exported. */
async function startBusyShop(): Promise<TestCommerce> {
  const commerce = await start(
    testShop(
      [
        { number: '#X1' },
        { number: '#X2', items: ['blue', 'mug'] },
        { number: '#X3', ...delivered, items: ['blue', 'mug'] },
        { number: '#X4', ...delivered, items: ['red'] },
        { number: '#X5', ...delivered, items: ['red', 'red', 'red'] },
        { number: '#X6', ...delivered },
      ],
      {
        ...{
          returnWindowDays: 30,
          timeZone: 'Asia/Taipei',
          linkHosts: ['shop.example'],
          automaticRefundLimit: '12.34',
        },
        businessSpans: [{ weekday: 1, opens: '09:00', closes: '24:00' }],
      },
    ),
  );
  const { orders, returns, refunds } = commerce;
  done(await orders.cancel(ann, { ...key(), orderId: 'ord_X1', reason: 'NO_LONGER_NEEDED' }));
  const changes = [{ orderItemId: 'itm_X2_0', newVariantId: 'var_green' }];
  done(await orders.changeItems(ann, { ...key(), orderId: 'ord_X2', changes, paymentMethodId: 'pay_card' }));
  const goods = { orderItemIds: ['itm_X3_1'], paymentMethodId: 'pay_gift' };
  const { id } = done(await returns.requestReturn(ann, { ...key(), orderId: 'ord_X3', ...goods }));
  done(await returns.receiveReturn(staff, { ...key(), orderReturnId: id }));
  const swaps = [{ orderItemId: 'itm_X4_0', newVariantId: 'var_green' }];
  done(
    await returns.requestExchange(ann, { ...key(), orderId: 'ord_X4', changes: swaps, paymentMethodId: 'pay_card' }),
  );
  const wish = { orderId: 'ord_X5', reason: 'It came late.\n"Very" late: 太晚了', paymentMethodId: null };
  const small = done(await refunds.request(ann, { ...key(), ...wish, amount: '5.00' }));
  const large = done(await refunds.request(ann, { ...key(), ...wish, amount: '40.00' }));
  done(await refunds.reject(staff, { ...key(), refundId: large.id, reason: 'Not that much' }));
  done(await refunds.request(ann, { ...key(), ...wish, amount: '20.00' }));
  expect(small).toMatchObject({ status: 'APPROVED' });
  return commerce;
}

let busy: TestCommerce;
beforeAll(async () => {
  busy = await startBusyShop();
});

test('an export can be imported into an empty shop without loss: its export is the same text', async () => {
  const text = await exported(busy);
  const other = await start({ currency: 'EUR' });
  expect((await importShop(other.deps, () => textOf(text))).ok).toBe(true);
  expect(await exported(other)).toBe(text);
  const both = await Promise.all([busy, other].map(({ orders }) => orders.find(staff, 'ord_X5')));
  expect(both[0]!.refunds).toHaveLength(3);
  expect(withoutTransactionIds(both[1])).toEqual(withoutTransactionIds(both[0]));
  expect(await other.shop.read()).toEqual(await busy.shop.read());
});

/** Transactions are the one thing of an order that has no given id. */
function withoutTransactionIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/"txn_[^"]*"/g, '"txn"'));
}

test('an export can be imported into its own shop, which stays as it is', async () => {
  const text = await exported(busy);
  expect((await importShop(busy.deps, () => textOf(text))).ok).toBe(true);
  expect(await exported(busy)).toBe(text);
});

test('an export shows what was given, with amounts as decimal text and ids without their prefixes', async () => {
  const commerce = await start(testShop([{ number: '#X1' }]));
  const file = JSON.parse(await exported(commerce)) as ShopFile;
  const given = testShop([{ number: '#X1' }]) as ShopFile;
  expect(file).toMatchObject({ currency: 'USD', settings: { name: 'Test shop', automaticRefundLimit: '50.00' } });
  expect(file.customers).toMatchObject(given.customers!.map(({ id, paymentMethods }) => ({ id, paymentMethods })));
  expect(file.products!.find(({ id }) => id === 'shirt')).toMatchObject(given.products![0]!);
  expect(file.orders).toMatchObject([{ number: '#X1', items: given.orders![0]!.items, customerId: 'ann' }]);
});

test('an empty shop is a file as well', async () => {
  const commerce = await start({ currency: 'JPY' });
  const text = await exported(commerce);
  const [products, refunds] = [[], []];
  expect(JSON.parse(text)).toMatchObject({ currency: 'JPY', products, refunds });
  expect((await importShop(commerce.deps, () => textOf(text))).ok).toBe(true);
});

test('it is written piece by piece, as fast as the reader takes it, and shows one moment', async () => {
  const products = Array.from({ length: 600 }, (_, i) => ({ id: `p${i}`, name: `Product ${i}`, variants: [] }));
  const commerce = await start({ currency: 'USD', products });
  const { deps } = commerce;
  let pending = 0;
  let pieces = '';
  let isChanged = false;
  await exportShop(deps, async (piece) => {
    pending += 1;
    expect(pending).toBe(1);
    expect(piece.length).toBeLessThan(2_000);
    if (!isChanged && pieces.includes('"p1"')) {
      isChanged = true;
      await deps.db.prisma.product.updateMany({ data: { name: 'Changed meanwhile' } });
    }
    pieces += piece;
    pending -= 1;
  });
  expect(isChanged).toBe(true);
  const { products: shown } = JSON.parse(pieces) as ShopFile;
  expect(shown).toHaveLength(600);
  expect(shown!.filter(({ name }) => name === 'Changed meanwhile')).toEqual([]);
});

test('a reader that fails ends the export with its error', async () => {
  const commerce = await start(testShop([]));
  const broken = () => Promise.reject(new Error('disk full'));
  await expect(exportShop(commerce.deps, broken)).rejects.toThrow('disk full');
});
