import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goodsShop } from './goodsShop.js';
import { cora, replyAfter, talkIn, talkToVisitorIn, type Reply } from './talk.js';
import { startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(goodsShop());
});
afterAll(() => world.close());

const after = (...messages: readonly string[]) => replyAfter(world, cora, messages);

const proposed = ({ job }: Reply) => job.proposals.map(({ kind, orderId }) => `${kind} ${orderId}`);
const cancelling = (number: number) => [`CANCEL_ORDER ord_W500000${number}`];

describe('while a cancellation waits', () => {
  const waiting = 'cancel W5000002, not needed';

  test.each([
    ...[
      '不取消了',
      '我不想取消了',
      '暂时不要取消',
      "don't cancel it",
      '我改變主意了',
      'i changed my mind, keep the order',
    ],
    ...['還是留著好了', '先不要', '我再想想', '不要了', 'no', 'i changed my mind'],
  ])('“%s” means that nothing is done', async (text) => {
    const reply = await after(waiting, text);
    expect(reply.text).toMatch(/^(?:All right, nothing is done\.|好的，不會進行任何變更。|Take your time|不用急)/);
    expect(proposed(reply)).toEqual([]);
  });

  test('“不取消了” means so also after a moment to think', async () => {
    expect((await after(waiting, 'hold on', '不取消了')).text).toMatch(/^好的，不會進行任何變更。/);
  });

  test.each([
    ['cancel W5000002, not needed', 'hmm and if i change the size to large instead?', /blue, large/],
    ['cancel W5000002, not needed', '還是改地址好了', /^請提供完整的新地址/],
  ])('“%s” – “%s” goes on with that change of the same order', async (first, second, answer) => {
    const reply = await after(first, second);
    expect(reply.text).toMatch(answer);
    expect(proposed(reply)).toEqual([]);
  });

  test('“actually could you change the tablet to 256 GB instead” is proposed for the same order', async () => {
    const reply = await after('cancel W5000003, not needed', 'actually could you change the tablet to 256 GB instead');
    expect(reply.job.proposals).toMatchObject([
      { kind: 'UPDATE_ORDER_ITEMS', orderId: 'ord_W5000003', wish: { changes: [{ newVariantId: 'var_tablet256' }] } },
    ]);
  });
});

test('“不要了” after talk about something else cancels nothing', async () => {
  expect(proposed(await after('where is W5000003', '不要了'))).toEqual([]);
});

test('“changed my mind” is a reason where we ask for one', async () => {
  expect(proposed(await after('cancel W5000002', 'changed my mind'))).toEqual(cancelling(2));
});

describe('a reason to cancel', () => {
  test.each([
    ...['found it cheaper elsewhere', '太貴了', 'it takes too long', "i don't need it", '我不想要了', '不需要了'].map((why) => [why, 'NO_LONGER_NEEDED']), // prettier-ignore
    ...['wrong size', 'wrong color', 'i ordered it twice', '尺寸選錯了', '我重複下單了'].map((why) => [
      why,
      'ORDERED_BY_MISTAKE',
    ]),
  ])('“%s” is %s', async (why, reason) => {
    const { job } = await after('cancel order W5000003', why!);
    expect(job.proposals).toMatchObject([{ kind: 'CANCEL_ORDER', orderId: 'ord_W5000003', wish: { reason } }]);
  });

  test('“no” after a reason does not ask for it again', async () => {
    expect((await after('cancel order W5000003, found it cheaper elsewhere', 'no')).text).toMatch(/^All right/);
    expect((await after('cancel order W5000003', 'no')).text).toMatch(/^All right/);
  });
});

describe('an order number', () => {
  test('ends before a full stop, with an e-mail address behind it', async () => {
    const { say } = await talkToVisitorIn(world);
    expect((await say('Where is #W5000002. cora@example.com')).text).toMatch(/^Order #W5000002,/);
    const { say: sayToo } = await talkToVisitorIn(world);
    expect((await sayToo('Cancel #W5000003. cora@example.com')).text).toMatch(/^Why is it to be cancelled/);
  });

  test('needs no letter behind “order”', async () => {
    expect(proposed(await after('cancel order 5000003, no longer needed'))).toEqual(cancelling(3));
  });

  test('that is not found is forgotten: another one, or goods, take its place', async () => {
    const list = await after('cancel W9999999');
    expect(list.text).toMatch(/^I find no order W9999999 of yours\..*\*\*#W5000006\*\*/s);
    expect(proposed(await after('cancel W9999999', 'the earbuds', 'no longer need it'))).toEqual(cancelling(6));
    expect(proposed(await after('cancel W9999999, no longer need it', 'sorry, W5000003'))).toEqual(cancelling(3));
  });

  test('that is corrected in the same message is the last one', async () => {
    expect(proposed(await after('cancel W5000004... typo, W5000003, i do not need it'))).toEqual(cancelling(3));
  });

  test('of an example of ours is no order of the customer’s', async () => {
    const say = talkIn(world, cora);
    await say('I want to exchange W5000001 for another color');
    expect((await say('cancel it, not needed')).job.proposals).toEqual([]);
  });
});

describe('an order is meant', () => {
  test.each([
    [['i want to cancel', 'the earbuds', 'too expensive'], 6],
    [['i want to cancel', 'the second one', 'found it cheaper'], 5],
    [['我要取消訂單', '耳機那筆', '太貴了'], 6],
    [['我要取消訂單', '第二筆', '太貴了'], 5],
    [['我要取消訂單', '最新的', '太貴了'], 6],
    [['i want to cancel the kettle and picture frame order', 'too expensive'], 4],
    [['cancel the tablet order, wrong size'], 3],
  ] as const)('by its place or goods: %j', async (messages, number) => {
    expect(proposed(await after(...messages))).toEqual(cancelling(number));
  });

  test.each([
    [['where is my order', 'the earbuds'], /^Order #W5000006,/],
    [['list my orders', '第二筆'], /^訂單 #W5000005 /],
    [['where is W5000003', 'and the other order?'], /^Which order do you mean\?(?!.*#W5000003).*#W5000004/s],
  ] as const)('in a question: %j', async (messages, answer) => {
    expect((await after(...messages)).text).toMatch(answer);
  });

  test('never because it is the only one, where goods are named that are in no order', async () => {
    const { text, job } = await after('cancel the hoodie order, not needed');
    expect(text).toMatch(/^Which order do you mean\?/);
    expect(job.proposals).toEqual([]);
  });

  test('as the one just dealt with, unless another fits better', async () => {
    expect((await after('where is W5000003', '也想改收貨地址')).text).toMatch(/^請提供完整的新地址/);
    expect((await after('where is W5000003', '还想改收货地址', '5 Oak Lane, Austin, TX 78701')).job.proposals).toMatchObject([{ orderId: 'ord_W5000003' }]); // prettier-ignore
    expect((await after('where is W5000003', 'change the speaker to red')).job.proposals).toMatchObject([
      { kind: 'UPDATE_ORDER_ITEMS', orderId: 'ord_W5000002' },
    ]);
  });
});

describe('the payment', () => {
  test.each([
    ['pay W5000003 with paypal instead'],
    ['my order W5000003 paid by card, i want to pay by paypal'],
    ['我想改成用 paypal 付款 訂單W5000003'],
    ['where is W5000003', 'change to paypal'],
  ])('is what “%s” changes', async (...messages) => {
    expect(proposed(await after(...messages))).toEqual(['UPDATE_ORDER_PAYMENT ord_W5000003']);
  });

  test('that is not on the account is said so', async () => {
    const { text, job } = await after('change payment of W5000003 to my gift card');
    expect(text).toMatch(/^Which of these payment methods.*- PayPal.*not on your account/s);
    expect(job.proposals).toEqual([]);
  });
});

describe('several wishes in one message', () => {
  test('“cancel … and also ask when … arrives” are both answered', async () => {
    const reply = await after('cancel W5000002 it takes too long and also ask when W5000001 arrives');
    expect(reply.text).toMatch(/^Order #W5000001.*It arrived on.*\*\*Cancel order #W5000002\*\*/s);
    expect(proposed(reply)).toEqual(cancelling(2));
    const chinese = await after('我要取消 W5000003 還有想知道 W5000001 到哪了');
    expect(chinese.text).toMatch(/^訂單 #W5000001.*請問取消的原因/s);
  });

  test('a second order to cancel is not forgotten', async () => {
    const reply = await after('cancel W5000002 and W5000003, don’t need them');
    expect(reply.text).toMatch(/One after the other.*W5000003$/s);
    expect(proposed(reply)).toEqual(cancelling(2));
  });

  test('to cancel and to change the address cannot both be: the customer is asked', async () => {
    const both =
      'i need to cancel W5000003, don’t need it, and also change my address to 5 Elm Street, Dallas, TX 75201';
    const asked = await after(both);
    expect(asked.text).toMatch(/^A cancelled order is not sent/);
    expect(proposed(asked)).toEqual([]);
    expect(proposed(await after(both, 'cancel it'))).toEqual(cancelling(3));
    expect(proposed(await after(both, 'keep it and change the address'))).toEqual([
      'UPDATE_ORDER_ADDRESS ord_W5000003',
    ]);
  });
});

describe('a visitor', () => {
  test('who wants both and then says who they are is asked again, and nothing is taken for decided', async () => {
    const { say } = await talkToVisitorIn(world);
    await say('i need to cancel and also change my address to 5 Elm Street, Dallas, TX 75201');
    const asked = await say('cora@example.com');
    expect(asked.text).toMatch(/^A cancelled order is not sent/);
    expect(proposed(asked)).toEqual([]);
    await say('cancel it');
    await say('the tablet');
    expect(proposed(await say('don’t need it'))).toEqual(cancelling(3));
  });

  test('who has said a name before the wish needs not say it again', async () => {
    const { say } = await talkToVisitorIn(world);
    await say('my name is Cora Example');
    await say('cancel W5000003, not needed');
    expect(proposed(await say('90001'))).toEqual(cancelling(3));
  });

  test('who gives a name first is asked for the rest, and it is kept', async () => {
    const { say } = await talkToVisitorIn(world);
    await say('where is W5000003');
    expect((await say('my name is Cora Example')).text).toMatch(/^Thank you\..*What is still missing\?$/);
    expect((await say('postcode 90001')).text).toMatch(/^Order #W5000003,/);
  });

  test('who asks why is told why, and asked again', async () => {
    const { say } = await talkToVisitorIn(world);
    await say('cancel W5000003 too expensive');
    expect((await say('why do you need it')).text).toMatch(/^I ask because.*What is the e-mail address/s);
    expect(proposed(await say("ok it's cora@example.com"))).toEqual(cancelling(3));
  });
});

describe('a parcel, a payment or an invoice', () => {
  test('that did not come is looked for, and then a person is offered', async () => {
    const say = talkIn(world, cora);
    expect((await say('i never got my package W5000001 but it says delivered')).text).toMatch(
      /It was sent to 1 Test Street.*letter box.*Shall I pass you on/s,
    );
    expect((await say('i checked with the neighbors already')).text).toMatch(/^Then a colleague should.*Shall I pass/s);
    expect((await say('yes')).outcome).toMatchObject({ kind: 'handedOff' });
    expect((await after('包裹顯示送達但沒收到')).text).toMatch(/^訂單 #W5000001 .*門口與信箱.*要為您轉接同事嗎？$/s);
  });

  test('charged twice is answered with what was booked', async () => {
    expect((await after('i was charged twice for W5000003')).text).toMatch(
      /- 11 January 2026: payment of USD 249\.00, Visa ending 1881.*Nothing else was booked/s,
    );
  });

  test('an invoice is a person’s, and what is known is listed', async () => {
    expect((await after('can i get an invoice')).text).toMatch(/^Here in the chat I can list.*Shall I pass you on/s);
    expect((await after('can i get an invoice for W5000001')).text).toMatch(
      /USD 42\.70.*formal invoice.*Shall I pass/s,
    );
  });
});
