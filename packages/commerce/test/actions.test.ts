import { nobody, type Result, type UserError } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActionDraft, ActionWish } from '../src/index.js';
import { ann, bob, staff, startCommerce, testShop, type TestCommerce, type TestOrder } from '../src/testing/index.js';

let commerce: TestCommerce;
const orders: TestOrder[] = [];
let next = 1;

/** Every test takes orders of its own; they are imported together before the first test. */
function order(fields: Omit<TestOrder, 'number'> = {}): string {
  const number = `#P${next++}`;
  orders.push({ number, ...fields });
  return `ord_${number.slice(1)}`;
}

let proposals = 0;
const newProposal = () => `prp_${proposals++}`;

beforeAll(async () => {
  commerce = await startCommerce(testShop(orders));
});
afterAll(() => commerce.stop());

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.errors)}`);
  return result.value;
}

function errorOf(result: Result<unknown>): UserError {
  if (result.ok) throw new Error('It was not refused');
  return result.errors[0]!;
}

const draft = async (wish: ActionWish): Promise<ActionDraft> => valueOf(await commerce.actions.draft(ann, wish));
const shown = ({ lines }: ActionDraft, language: 'en' | 'zh-Hant') =>
  lines.map(({ label, value }) => `${label[language]}: ${value[language]}`);

/** An order, or else the customer. */
async function stateOf(orderId: string | null) {
  const found = orderId ? await commerce.orders.find(ann, orderId) : await commerce.customers.find(ann, 'cus_ann');
  return JSON.parse(JSON.stringify(found)) as unknown;
}

const item = (orderId: string, line = 0) => `itm_${orderId.slice('ord_'.length)}_${line}`;
const address = { line1: '2 New Road', line2: null, city: 'Taipei', region: null, postcode: '100', countryCode: 'tw' };
const to = (orderId: string, newVariantId: string) => [{ orderItemId: item(orderId), newVariantId }];

describe('an action is drafted from the database, carried out once, and reported', () => {
  const delivered = { status: 'DELIVERED', deliveredAt: '2026-01-30T00:00:00Z' };
  const ids = {
    cancel: order({ items: ['blue', 'mug'] }),
    address: order(),
    items: order(),
    payment: order(),
    return: order({ ...delivered, items: ['blue', 'mug'] }),
    exchange: order(delivered),
    refund: order(delivered),
    largeRefund: order({ ...delivered, items: ['blue', 'red', 'red'] }),
  };
  const number = (id: string) => `#${id.slice('ord_'.length)}`;

  const cases: { wish: ActionWish; title: [string, string]; en: string[]; zh: string[]; report: [string, string] }[] = [
    {
      wish: { kind: 'CANCEL_ORDER', orderId: ids.cancel, reason: 'NO_LONGER_NEEDED' },
      title: [`Cancel order ${number(ids.cancel)}`, `取消訂單 ${number(ids.cancel)}`],
      en: [
        `Order: ${number(ids.cancel)}`,
        'Items: Shirt (color: blue); Mug',
        'Reason: No longer needed',
        'Refund: USD 28.25 to Visa ending 4242, in 5–7 business days',
      ],
      zh: [
        `訂單: ${number(ids.cancel)}`,
        '商品: Shirt（color: blue）；Mug',
        '原因: 不再需要',
        '退款: USD 28.25 退至 Visa（末四碼 4242），5–7 個工作天',
      ],
      report: [
        `Order ${number(ids.cancel)} is cancelled. Refund: USD 28.25 to Visa ending 4242, in 5–7 business days.`,
        `訂單 ${number(ids.cancel)} 已取消。退款：USD 28.25 退至 Visa（末四碼 4242），5–7 個工作天。`,
      ],
    },
    {
      wish: { kind: 'UPDATE_ORDER_ADDRESS', orderId: ids.address, address },
      title: [`Change the address of order ${number(ids.address)}`, `變更訂單 ${number(ids.address)} 的地址`],
      en: [`Order: ${number(ids.address)}`, 'New address: 2 New Road, Taipei, 100, TW'],
      zh: [`訂單: ${number(ids.address)}`, '新地址: 2 New Road, Taipei, 100, TW'],
      report: [
        `The address of order ${number(ids.address)} is changed. It goes to 2 New Road, Taipei, 100, TW.`,
        `訂單 ${number(ids.address)} 的地址已變更。商品將寄往：2 New Road, Taipei, 100, TW。`,
      ],
    },
    {
      wish: {
        ...{ kind: 'UPDATE_ORDER_ITEMS', orderId: ids.items, changes: to(ids.items, 'var_red') },
        paymentMethodId: 'pay_paypal',
      },
      title: [`Change the items of order ${number(ids.items)}`, `變更訂單 ${number(ids.items)} 的商品`],
      en: [
        `Order: ${number(ids.items)}`,
        'Items: Shirt (color: blue) → Shirt (color: red), USD 20.00 → USD 25.50',
        'To pay: USD 5.50 with PayPal',
        'Please note: The items of an order can be changed only once; it can then no longer be cancelled here.',
      ],
      zh: [
        `訂單: ${number(ids.items)}`,
        '商品: Shirt（color: blue） → Shirt（color: red），USD 20.00 → USD 25.50',
        '應付: 以 PayPal 支付 USD 5.50',
        '請注意: 每筆訂單的商品只能變更一次，變更後便無法在此取消訂單。',
      ],
      report: [
        `The items of order ${number(ids.items)} are changed. Paid: USD 5.50 with PayPal.`,
        `訂單 ${number(ids.items)} 的商品已變更。已以 PayPal 支付 USD 5.50。`,
      ],
    },
    {
      wish: { kind: 'UPDATE_ORDER_PAYMENT', orderId: ids.payment, paymentMethodId: 'pay_gift' },
      title: [`Change how order ${number(ids.payment)} is paid`, `變更訂單 ${number(ids.payment)} 的付款方式`],
      en: [
        `Order: ${number(ids.payment)}`,
        'To pay: USD 20.00 with Gift card',
        'Refund: USD 20.00 to Visa ending 4242, in 5–7 business days',
      ],
      zh: [
        `訂單: ${number(ids.payment)}`,
        '應付: 以禮品卡支付 USD 20.00',
        '退款: USD 20.00 退至 Visa（末四碼 4242），5–7 個工作天',
      ],
      report: [
        `The payment of order ${number(ids.payment)} is changed. Paid: USD 20.00 with Gift card. ` +
          'Refund: USD 20.00 to Visa ending 4242, in 5–7 business days.',
        `訂單 ${number(ids.payment)} 的付款方式已變更。已以禮品卡支付 USD 20.00。` +
          '退款：USD 20.00 退至 Visa（末四碼 4242），5–7 個工作天。',
      ],
    },
    {
      wish: { kind: 'UPDATE_CUSTOMER_ADDRESS', address },
      title: ['Change your default address', '變更您的預設地址'],
      en: ['New address: 2 New Road, Taipei, 100, TW', 'Please note: Orders already placed keep their address.'],
      zh: ['新地址: 2 New Road, Taipei, 100, TW', '請注意: 已成立訂單的地址不會變更。'],
      report: [
        'Your default address is changed. New orders go to 2 New Road, Taipei, 100, TW.',
        '您的預設地址已變更。新訂單將寄往：2 New Road, Taipei, 100, TW。',
      ],
    },
    {
      wish: {
        ...{ kind: 'REQUEST_RETURN', orderId: ids.return, orderItemIds: [item(ids.return, 1)] },
        paymentMethodId: 'pay_gift',
      },
      title: [`Return items of order ${number(ids.return)}`, `退回訂單 ${number(ids.return)} 的商品`],
      en: [
        `Order: ${number(ids.return)}`,
        'Items: Mug',
        'Refund: USD 8.25 to Gift card, at once, once the items have arrived',
        'Please note: One return or one exchange is possible for each order.',
      ],
      zh: [
        `訂單: ${number(ids.return)}`,
        '商品: Mug',
        '退款: 收到商品後：USD 8.25 退至禮品卡，立即入帳',
        '請注意: 每筆訂單只能退貨或換貨一次。',
      ],
      report: [
        `The return of order ${number(ids.return)} is requested. Once the items have arrived: Refund: USD 8.25 to Gift card, at once.`,
        `訂單 ${number(ids.return)} 的退貨申請已送出。收到商品後：退款：USD 8.25 退至禮品卡，立即入帳。`,
      ],
    },
    {
      wish: {
        ...{ kind: 'REQUEST_EXCHANGE', orderId: ids.exchange, changes: to(ids.exchange, 'var_white') },
        paymentMethodId: 'pay_card',
      },
      title: [`Exchange items of order ${number(ids.exchange)}`, `更換訂單 ${number(ids.exchange)} 的商品`],
      en: [
        `Order: ${number(ids.exchange)}`,
        'Items: Shirt (color: blue) → Shirt (color: white), USD 20.00 → USD 20.00',
        'Refund: none, the price stays the same',
        'Please note: One return or one exchange is possible for each order.',
      ],
      zh: [
        `訂單: ${number(ids.exchange)}`,
        '商品: Shirt（color: blue） → Shirt（color: white），USD 20.00 → USD 20.00',
        '退款: 無，價格不變',
        '請注意: 每筆訂單只能退貨或換貨一次。',
      ],
      report: [
        `The exchange of order ${number(ids.exchange)} is requested. The price stays the same.`,
        `訂單 ${number(ids.exchange)} 的換貨申請已送出。價格不變。`,
      ],
    },
    {
      wish: { kind: 'REQUEST_REFUND', orderId: ids.refund, amount: null, reason: 'Torn', paymentMethodId: null },
      title: [`Refund for order ${number(ids.refund)}`, `退還訂單 ${number(ids.refund)} 的款項`],
      en: [`Order: ${number(ids.refund)}`, 'Refund: USD 20.00 to Visa ending 4242, in 5–7 business days'],
      zh: [`訂單: ${number(ids.refund)}`, '退款: USD 20.00 退至 Visa（末四碼 4242），5–7 個工作天'],
      report: [
        `The refund for order ${number(ids.refund)} is approved. Refund: USD 20.00 to Visa ending 4242, in 5–7 business days.`,
        `訂單 ${number(ids.refund)} 的退款已核准。退款：USD 20.00 退至 Visa（末四碼 4242），5–7 個工作天。`,
      ],
    },
    {
      wish: { kind: 'REQUEST_REFUND', orderId: ids.largeRefund, amount: null, reason: 'Torn', paymentMethodId: null },
      title: [`Refund for order ${number(ids.largeRefund)}`, `退還訂單 ${number(ids.largeRefund)} 的款項`],
      en: [
        `Order: ${number(ids.largeRefund)}`,
        'Refund: USD 71.00 to Visa ending 4242, in 5–7 business days',
        'Please note: A colleague decides on this refund first.',
      ],
      zh: [
        `訂單: ${number(ids.largeRefund)}`,
        '退款: USD 71.00 退至 Visa（末四碼 4242），5–7 個工作天',
        '請注意: 這筆退款須先由客服人員審核。',
      ],
      report: [
        `The refund for order ${number(ids.largeRefund)} is requested and waits for a colleague to decide. ` +
          'Once it is approved: Refund: USD 71.00 to Visa ending 4242, in 5–7 business days.',
        `訂單 ${number(ids.largeRefund)} 的退款申請已送出，等待客服人員審核。` +
          '核准後：退款：USD 71.00 退至 Visa（末四碼 4242），5–7 個工作天。',
      ],
    },
  ];

  test.each(cases)('$wish.kind: $title.0', async ({ wish, title, en, zh, report }) => {
    const orderId = 'orderId' in wish ? wish.orderId : null;
    const before = await stateOf(orderId);
    const drafted = await draft(wish);
    expect(drafted).toMatchObject({ kind: wish.kind, customerId: 'cus_ann', orderId });
    expect(drafted.title).toEqual({ en: title[0], 'zh-Hant': title[1] });
    expect(shown(drafted, 'en')).toEqual(en);
    expect(shown(drafted, 'zh-Hant')).toEqual(zh);
    expect(await stateOf(orderId)).toEqual(before);

    // As it comes back from the database, where an object's keys have another order.
    const kept = JSON.parse(JSON.stringify(drafted.wish)) as unknown;
    const proposalId = newProposal();
    const done = await commerce.actions.carryOut(ann, proposalId, kept);
    expect(valueOf(done)).toEqual({ report: { en: report[0], 'zh-Hant': report[1] }, orderId });
    const after = await stateOf(orderId);
    expect(after).not.toEqual(before);
    expect(await commerce.actions.carryOut(ann, proposalId, kept)).toEqual(done);
    expect(await stateOf(orderId)).toEqual(after);
  });
});

describe('a draft is refused', () => {
  const pending = order();
  const processed = order({ status: 'PROCESSED' });
  const wish = { kind: 'CANCEL_ORDER', orderId: processed, reason: 'NO_LONGER_NEEDED' } as const;

  test.each<[string, ActionWish, string]>([
    ['for a state', wish, 'ORDER_NOT_PENDING'],
    ['for a reason', { ...wish, orderId: pending, reason: 'FOUND_CHEAPER' }, 'INVALID'],
    ['for nothing there', { ...wish, orderId: 'ord_none' }, 'NOT_FOUND'],
    [
      'for a variant that is sold out',
      {
        kind: 'UPDATE_ORDER_ITEMS',
        orderId: pending,
        changes: to(pending, 'var_soldOut'),
        paymentMethodId: 'pay_card',
      },
      'ITEM_UNAVAILABLE',
    ],
    [
      "for somebody else's gift card",
      { kind: 'UPDATE_ORDER_PAYMENT', orderId: pending, paymentMethodId: 'pay_bobsGift' },
      'PAYMENT_METHOD_INVALID',
    ],
    [
      'for a gift card that holds too little',
      { kind: 'UPDATE_ORDER_PAYMENT', orderId: pending, paymentMethodId: 'pay_poorGift' },
      'INSUFFICIENT_BALANCE',
    ],
    [
      'for too much money',
      { kind: 'REQUEST_REFUND', orderId: pending, amount: '20.01', reason: 'x', paymentMethodId: null },
      'AMOUNT_TOO_HIGH',
    ],
    ['for half an address', { kind: 'UPDATE_CUSTOMER_ADDRESS', address: { ...address, city: ' ' } }, 'INVALID'],
  ])('%s', async (_, refused, code) => {
    expect(errorOf(await commerce.actions.draft(ann, refused))).toMatchObject({ code });
  });

  test("for somebody else's order as if it did not exist, and for staff, who act themselves", async () => {
    const foreign = errorOf(await commerce.actions.draft(bob, { ...wish, orderId: pending }));
    expect(foreign).toEqual(errorOf(await commerce.actions.draft(bob, { ...wish, orderId: 'ord_none' })));
    expect(errorOf(await commerce.actions.draft(nobody, { ...wish, orderId: pending }))).toEqual(foreign);
    expect(errorOf(await commerce.actions.draft(nobody, { kind: 'UPDATE_CUSTOMER_ADDRESS', address }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(errorOf(await commerce.actions.draft(staff, { ...wish, orderId: pending }))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('what changed since it was agreed to is not done', () => {
  const [dearer, twice, drained, refunded, used, foreign] = [order(), order(), order(), order(), order(), order()];
  const [gone] = [order({ status: 'DELIVERED', deliveredAt: '2026-01-30T00:00:00Z', items: ['blue', 'blue', 'blue'] })];

  async function refusedNow(drafted: ActionDraft, orderId: string, code: string): Promise<UserError> {
    const before = await stateOf(orderId);
    const error = errorOf(await commerce.actions.carryOut(ann, newProposal(), drafted.wish));
    expect(error).toMatchObject({ code });
    expect(await stateOf(orderId)).toEqual(before);
    return error;
  }

  test('a price', async () => {
    const changes = to(dearer, 'var_green');
    const wish = { kind: 'UPDATE_ORDER_ITEMS', orderId: dearer, changes, paymentMethodId: 'pay_card' } as const;
    const drafted = await draft(wish);
    await commerce.deps.db.prisma.productVariant.update({ where: { id: 'var_green' }, data: { price: 1400 } });
    const error = await refusedNow(drafted, dearer, 'WRONG_STATE');
    expect(error.message.en).toMatch(
      /a price, an amount or the order has changed.*For order #P\d+ it is possible to: cancel it/,
    );
    expect(error.message['zh-Hant']).toMatch(/已有變動.*目前可以：取消訂單/);
    valueOf(await commerce.actions.carryOut(ann, newProposal(), (await draft(wish)).wish));
  });

  test('the order, by another proposal for it', async () => {
    const cancel = await draft({ kind: 'CANCEL_ORDER', orderId: twice, reason: 'NO_LONGER_NEEDED' });
    const move = await draft({ kind: 'UPDATE_ORDER_ADDRESS', orderId: twice, address });
    valueOf(await commerce.actions.carryOut(ann, newProposal(), cancel.wish));
    const error = await refusedNow(move, twice, 'ORDER_NOT_PENDING');
    expect(error.message.en).toMatch(/Order #P\d+ cannot be changed any more\.$/);
  });

  test('the balance of a gift card', async () => {
    const holds = (balance: number) =>
      commerce.deps.db.prisma.paymentMethod.update({ where: { id: 'pay_gift' }, data: { balance } });
    await holds(2000);
    const drafted = await draft({ kind: 'UPDATE_ORDER_PAYMENT', orderId: drained, paymentMethodId: 'pay_gift' });
    await holds(1999);
    await refusedNow(drafted, drained, 'INSUFFICIENT_BALANCE');
  });

  test('what is left to give back: a cancellation would return less than was agreed', async () => {
    const cancel = await draft({ kind: 'CANCEL_ORDER', orderId: refunded, reason: 'NO_LONGER_NEEDED' });
    const wish = { orderId: refunded, amount: '5.00', reason: 'Late', paymentMethodId: null };
    valueOf(await commerce.refunds.request(ann, { idempotencyKey: newProposal(), ...wish }));
    await refusedNow(cancel, refunded, 'WRONG_STATE');
  });

  test('the limit of what goes through by itself', async () => {
    const wish = { kind: 'REQUEST_REFUND', orderId: gone, reason: 'Torn', paymentMethodId: null } as const;
    const second = await draft({ ...wish, amount: '30.00' });
    valueOf(await commerce.actions.carryOut(ann, newProposal(), (await draft({ ...wish, amount: '25.00' })).wish));
    await refusedNow(second, gone, 'WRONG_STATE');
  });

  test('the customer: nobody else can have it done', async () => {
    const { wish } = await draft({ kind: 'CANCEL_ORDER', orderId: foreign, reason: 'NO_LONGER_NEEDED' });
    const error = errorOf(await commerce.actions.carryOut(bob, newProposal(), wish));
    expect(error).toEqual(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(error.message.en).not.toContain('#');
  });

  test('and twenty at once have one effect', async () => {
    const { wish } = await draft({ kind: 'CANCEL_ORDER', orderId: used, reason: 'NO_LONGER_NEEDED' });
    const proposalId = newProposal();
    const tries = Array.from({ length: 20 }, () => commerce.actions.carryOut(ann, proposalId, wish));
    // One that meets another at work throws: it is to be tried again, and then finds it done.
    const settled = await Promise.allSettled(tries);
    expect(settled.some(({ status }) => status === 'fulfilled')).toBe(true);
    valueOf(await commerce.actions.carryOut(ann, proposalId, wish));
    const found = await commerce.orders.find(ann, used);
    expect(found?.transactions.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['PAYMENT', 2000],
      ['REFUND', 2000],
    ]);
  });
});
