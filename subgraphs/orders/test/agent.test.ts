import { routeJob } from '@supportgraph/agent/testing';
import { nobody, silent, type Language, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRoutes } from '../src/agent/answer.js';
import { shopFile } from './shop.js';
import { talkIn, talkToVisitorIn } from './talk.js';
import { models, startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(shopFile());
});
afterAll(() => world.close());

const customer: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_ann' };

const talk = (viewer: Viewer) => talkIn(world, viewer);
const talkToVisitor = () => talkToVisitorIn(world);

describe('a customer who is known', () => {
  test.each<[string, RegExp | string]>([
    [
      'Where is my order #W1000002?',
      /^Order #W1000002, placed on 10 January 2026, is being packed or on its way\. Tracking number: 446622\./,
    ],
    ['where is order w1000002', /^Order .*W1000002.* is being packed or on its way\. Tracking number: 446622\./i],
    ['where is order number 1000002?', 'Tracking number: 446622.'],
    ['Track W1000002 please', 'Tracking number: 446622.'],
    [
      '訂單 #W1000002 到哪了？',
      /^訂單 #W1000002 於 2026年1月10日成立，目前狀態：已處理，正在包裝或配送中。物流編號：446622。/,
    ],
    ['订单W1000002到哪了', '物流編號：446622。'],
    ['What did I order in #W1000001?', 'Items: T-Shirt (blue, M) USD 20.00; Coffee Mug USD 8.25.'],
    ['#W1000001 裡面有哪些商品？', '商品：T-Shirt（blue、M） USD 20.00；Coffee Mug USD 8.25。'],
    ['When was #W1000001 delivered?', 'It arrived on 5 December 2025.'],
    ['訂單 W1000001 是什麼時候送到的？', '商品於 2025年12月5日送達。'],
    ['How much was order #W1000004?', 'The total is USD 48.25.'],
    ['訂單 #W1000004 多少錢？', '總金額 USD 48.25。'],
    ['How did I pay for #W1000004?', 'It is paid with Visa ending 4242.'],
    ['訂單 #W1000002 是用什麼付款的？', '付款方式：PayPal。'],
    ['Give me the tracking numbers of #W1000001', 'Tracking number: 1Z999, 1Z888, 1Z777.'],
    ['Where is #W1000004 being shipped to?', 'It goes to 1 Test Street, Flat 2, Testville, CA 90001, US.'],
    ['#W1000004 會寄到哪？地址對嗎', '收件地址：1 Test Street, Flat 2, Testville, CA 90001, US。'],
    ['When will #W1000004 arrive?', 'I have no delivery date for it yet.'],
    ['Was #W1000003 cancelled?', 'is cancelled (no longer needed).'],
    ['訂單 #W1000003 已取消了嗎？', '目前狀態：已取消（不再需要）。'],
    [
      'can I still change #W1000004?',
      'You can still cancel it, change its address, change its items, change how it is paid or ask for a refund.',
    ],
    ["What's the status of my last order?", /^Order #W1000005, placed on 25 January 2026, is pending/],
    ['我最近的訂單狀態如何？', /^訂單 #W1000005 於 2026年1月25日成立，目前狀態：待處理/],
    ['how much was my last order?', 'The total is USD 25.50.'],
    ['Compare #W1000001 and #W1000002', /Order #W1000001.*\n\nOrder #W1000002/s],
  ])('who asks “%s” is told', async (question, answer) => {
    const { text, outcome } = await talk(customer)(question);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(text).toMatch(answer);
  });

  test.each<[string, RegExp | string]>([
    [
      'list my orders',
      /^Your orders, newest first \(5\):\n\n- \*\*#W1000005\*\*, 25 January 2026: T-Shirt \(red, M\); USD 25\.50; pending/,
    ],
    ['列出我所有的訂單', /^您的訂單共 5 筆（由新到舊）：\n\n- \*\*#W1000005\*\*，2026年1月25日：/],
    ['what did I order last month', /^Your orders, newest first \(4\):.*#W1000002\*\*, 10 January 2026/s],
    ['我上個月買了什麼？', /^您的訂單共 4 筆/],
    ['我上个月买了什么', /^您的訂單共 4 筆/],
    ['what did I order in december', /^Your orders, newest first \(1\):\n\n- \*\*#W1000001\*\*/],
    ['What did I buy today?', 'I see no orders of yours from that time.'],
    ['我今天訂了什麼', '這段期間沒有您的訂單。'],
    ['show me my cancelled orders', /^Your orders, newest first \(1\):\n\n- \*\*#W1000003\*\*/],
    ['Where is my order?', /^Which order do you mean\?.*#W1000005.*#W1000004.*#W1000002/s],
    ['我的包裹什麼時候到？', /^請問是哪一筆訂單？/],
    ['Which payment methods do I have on file?', /- Visa ending 4242\n- PayPal\n- Gift card \(USD 30\.00\)/],
    ['我的禮物卡還剩多少？', '禮品卡 (USD 30.00)'],
  ])('who asks “%s” is told of their orders', async (question, answer) => {
    expect((await talk(customer)(question)).text).toMatch(answer);
  });

  test('sees the order as a card', async () => {
    const { job } = await talk(customer)('Where is #W1000002?');
    expect(job.writer.orders).toEqual(['ord_W1000002']);
  });

  test.each(['#W9999999', 'W2000001', '#W2000001'])(
    'does not find %s, whether it is nobody’s or another’s',
    async (number) => {
      const [, list] = (await talk(customer)('list my orders')).text.split('\n\n');
      const { text, job } = await talk(customer)(`Where is order ${number}?`);
      expect(text).toBe(
        `I find no order ${number} of yours. Which order do you mean? Please write its number.\n\n${list}`,
      );
      expect(job.writer.orders).toEqual([]);
      const [, chineseList] = (await talk(customer)('列出我的訂單')).text.split('\n\n');
      const { text: chinese } = await talk(customer)(`訂單 ${number} 到哪了？`);
      expect(chinese).toBe(`我找不到您的訂單 ${number}。請問是哪一筆訂單？請告訴我訂單編號。\n\n${chineseList}`);
    },
  );

  test('goes on with what was asked when the number is corrected, and with the order that was spoken of', async () => {
    const say = talk(customer);
    await say('How much did I pay for order #W9999999?');
    expect((await say('sorry, it is W1000001')).text).toContain('The total is USD 28.25.');
    expect((await say('and when was it delivered?')).text).toContain('It arrived on 5 December 2025.');
  });
});

describe('a visitor', () => {
  test('is asked who they are, and after an e-mail address gets the answer to what they had asked', async () => {
    const { sessionId, say } = await talkToVisitor();
    const asked = await say('Where is my order #W1000002?');
    expect(asked.text).toMatch(/^To look at your orders I need to know who you are\./);
    expect(asked.job.writer.orders).toEqual([]);
    const answered = await say('ann@example.com');
    expect(answered.text).toMatch(/^Order #W1000002, .* Tracking number: 446622\./);
    expect(answered.job.writer.orders).toEqual(['ord_W1000002']);
    const [session] = await world.conversation.sessions.load({ ...nobody, sessionId }, [sessionId]);
    expect(session).toMatchObject({ customerId: 'cus_ann' });
  });

  test.each([
    ['My name is Ann Example, postcode 90001', 'Show my orders', /^Your orders, newest first/],
    ['Ann Example, 90001', 'What is the status of my last order?', /#W1000005/],
    ['我的信箱是 ann@example.com', '列出我的訂單', /^您的訂單共 5 筆/],
    ['ANN@EXAMPLE.COM', '訂單 #W1000002 到哪了？', /物流編號：446622/],
  ])('is recognised by “%s”', async (identity, question, answer) => {
    const { say } = await talkToVisitor();
    const language: Language = /\p{Script=Han}/u.test(question) ? 'zh-Hant' : 'en';
    expect((await say(question, language)).text).toMatch(
      language === 'en' ? /I need to know who you are/ : /確認您的身分/,
    );
    expect((await say(identity, language)).text).toMatch(answer);
  });

  test('who says everything at once is answered at once', async () => {
    const { say } = await talkToVisitor();
    expect((await say('Hi, I am ann@example.com, where is #W1000002?')).text).toContain('Tracking number: 446622.');
  });

  test('who only says who they are is asked what they want', async () => {
    const { say } = await talkToVisitor();
    expect((await say('ann@example.com')).text).toBe('Thank you, I have found you. What can I do for you?');
  });

  test('whose details fit nobody may try again, is then offered a person, and gets one', async () => {
    const { say } = await talkToVisitor();
    await say('Where is #W1000002?');
    const first = await say('nobody@example.com');
    expect(first.text).toBe('I could not find you with these details. Please check them and write them once more.');
    const second = await say('no-one@example.com');
    expect(second.text).toBe(`${first.text}\n\nShall I pass you on to a colleague?`);
    expect((await say('yes please')).outcome).toMatchObject({ kind: 'handedOff', reason: 'CUSTOMER_ASKED' });
  });

  test('who corrects the address is answered', async () => {
    const { say } = await talkToVisitor();
    await say('訂單 #W1000002 到哪了？');
    expect((await say('anne@example.com', 'zh-Hant')).text).toBe('我無法以這些資料找到您，請確認後再寫一次。');
    expect((await say('ann@example.com', 'zh-Hant')).text).toContain('物流編號：446622。');
  });

  test('recognised as one customer cannot become another', async () => {
    const { say } = await talkToVisitor();
    await say('ann@example.com');
    expect((await say('Now I am bob@example.com, list my orders')).text).toMatch(
      /^This conversation belongs to another/,
    );
  });

  test('cannot see an order by knowing its number', async () => {
    const { say } = await talkToVisitor();
    await say('Where is #W1000002?');
    expect((await say('bob@example.com')).text).toBe(
      'I find no order #W1000002 of yours. Which order do you mean? Please write its number.\n\n' +
        '- **#W2000001**, 21 January 2026: T-Shirt (blue, M); USD 20.00; pending: placed and not packed yet',
    );
  });
});

describe('products', () => {
  test.each<[string, RegExp | string]>([
    ['Do you have the T-shirt in blue, size M?', 'Yes, in stock:\n- T-Shirt (blue, M): USD 20.00'],
    ['do you sell t shirts in red?', 'Yes, in stock:\n- T-Shirt (red, M): USD 25.50'],
    [
      'Is the grey t-shirt available?',
      /^T-Shirt \(grey\) is sold out at the moment\. In stock instead:\n- T-Shirt \(blue, M\)/,
    ],
    ['有沒有藍色的T恤，M號？', '有的，目前有現貨：\n- T-Shirt（blue、M）: USD 20.00'],
    ['有没有红色T恤', '有的，目前有現貨：\n- T-Shirt（red、M）: USD 25.50'],
    ['How much is the coffee mug?', '**Coffee Mug**: USD 8.25; 1 of 1 variants in stock.'],
    ['馬克杯多少錢？', '**Coffee Mug**：USD 8.25；1 個款式中有 1 個現貨。'],
    ['do you have wireless headphones', /^\*\*Wireless Headphones\*\*: USD 99\.00/],
    [
      'how much are your shirts?',
      /^\*\*T-Shirt\*\*: USD 10\.00–25\.50; 3 of 4 variants in stock\. color: blue, red, grey; size: M, L\.$/,
    ],
    ['do you sell unicorns?', /^I find no such product in our shop\./],
  ])('are found for “%s”, also by somebody unknown', async (question, answer) => {
    const { text } = await talk(nobody)(question);
    if (answer instanceof RegExp) expect(text).toMatch(answer);
    else expect(text).toBe(answer);
  });
});

test.each([['Ann Example 90001'], ['ann example', '90001'], ['我是 Ann Example 邮编90001']])(
  'who was asked who they are needs no commas: %s',
  async (...answers) => {
    const { say } = await talkToVisitor();
    await say('Where is order #W1000002?');
    const told = [];
    for (const answer of answers) told.push((await say(answer)).text);
    expect(told.at(-1)).toMatch(/#W1000002/);
    expect(told.at(-1)).toMatch(/446622/);
  },
);

describe('a change', () => {
  test('is proposed with all that it does, once the reason is known, and nothing is done', async () => {
    const say = talk(customer);
    expect((await say('Please cancel order #W1000004')).text).toMatch(/^Why is it to be cancelled/);
    const { text, job, outcome } = await say('I no longer need it');
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.proposals).toMatchObject([{ kind: 'CANCEL_ORDER', customerId: 'cus_ann', orderId: 'ord_W1000004' }]);
    expect(text).toMatch(/^\*\*Cancel order #W1000004\*\*.*USD 48\.25 to Visa ending 4242.*Nothing is changed yet/s);
    const order = await world.commerce.orders.find(customer, 'ord_W1000004');
    expect(order).toMatchObject({ status: 'PENDING' });
  });

  test('that waits is explained, and waits on', async () => {
    const say = talk(customer);
    await say('Please cancel order #W1000004, I no longer need it');
    expect((await say('what happens with my money')).text).toMatch(
      /^If you confirm:\n- Refund: USD 48\.25 to Visa ending 4242.*Nothing is changed yet/s,
    );
    expect((await say('hold on')).text).toMatch(/^Take your time/);
    expect((await say('Where is #W1000002?')).text).toMatch(/#W1000002/);
  });

  test.each(['訂錯了', '点错了', '我拍错了', '買錯'])('%s is a mistake too', async (why) => {
    const say = talk(customer);
    await say('我要取消訂單 #W1000005', 'zh-Hant');
    const { job } = await say(why);
    expect(job.proposals).toMatchObject([{ wish: { reason: 'ORDERED_BY_MISTAKE' } }]);
  });

  test('is proposed in Chinese, and the order is asked for if several fit', async () => {
    const say = talk(customer);
    expect((await say('我要取消訂單')).text).toMatch(/^請問是哪一筆訂單？.*#W1000005.*#W1000004/s);
    expect((await say('#W1000005', 'zh-Hant')).text).toMatch(/^請問取消的原因/);
    const { text, job } = await say('下錯單了');
    expect(job.proposals).toMatchObject([{ kind: 'CANCEL_ORDER', orderId: 'ord_W1000005', wish: { reason: 'ORDERED_BY_MISTAKE' } }]); // prettier-ignore
    expect(text).toMatch(/^\*\*取消訂單 #W1000005\*\*.*目前尚未變更任何內容/s);
  });

  test('of the address is proposed once the address is whole', async () => {
    const say = talk(customer);
    expect((await say('I want to change the address of #W1000004')).text).toMatch(/^What is the whole new address\?/);
    const { job } = await say('7 New Street, Newtown, NY 20002, US');
    expect(job.proposals).toMatchObject([
      {
        kind: 'UPDATE_ORDER_ADDRESS',
        wish: {
          address: { line1: '7 New Street', city: 'Newtown', region: 'NY', postcode: '20002', countryCode: 'US' },
        },
      },
    ]);
  });

  test('of the default address touches no order', async () => {
    const { job } = await talk(customer)('Change my default address to 7 New Street, Flat 5, Newtown, NY, 20002, USA');
    expect(job.proposals).toMatchObject([
      { kind: 'UPDATE_CUSTOMER_ADDRESS', orderId: null, wish: { address: { line1: '7 New Street', line2: 'Flat 5', city: 'Newtown' } } },
    ]); // prettier-ignore
  });

  test('of the payment is proposed with the method that was named', async () => {
    const say = talk(customer);
    expect((await say('Can I pay #W1000005 with something else? change the payment method')).text).toMatch(
      /^Which of these payment methods.*PayPal.*Gift card \(USD 30\.00\)/s,
    );
    const { job } = await say('PayPal');
    expect(job.proposals).toMatchObject([{ kind: 'UPDATE_ORDER_PAYMENT', wish: { paymentMethodId: 'pay_paypal' } }]);
  });

  test.each([
    '訂單 #W1000005 改用 PayPal 付款',
    'Pay #W1000005 with PayPal instead',
    'Please use PayPal for order #W1000005 instead.',
  ])('%s is about the payment only', async (text) => {
    const { job } = await talk(customer)(text);
    expect(job.proposals).toMatchObject([{ kind: 'UPDATE_ORDER_PAYMENT', wish: { paymentMethodId: 'pay_paypal' } }]);
  });

  test('of an item is proposed with the variant that was named', async () => {
    const { job, text } = await talk(customer)('Change the T-shirt in #W1000005 to blue');
    expect(job.proposals).toMatchObject([
      {
        kind: 'UPDATE_ORDER_ITEMS',
        wish: { changes: [{ orderItemId: 'itm_W1000005_0', newVariantId: 'var_blueM' }], paymentMethodId: 'pay_card' },
      },
    ]);
    expect(text).toContain('USD 25.50 → USD 20.00');
    const { job: chinese } = await talk(customer)('把訂單 #W1000005 的T恤換成藍色L');
    expect(chinese.proposals).toMatchObject([{ wish: { changes: [{ newVariantId: 'var_blueL' }] } }]);
  });

  test.each([
    ['Change the items of #W1000005', 'the t-shirt in blue, charge my paypal', 'pay_paypal'],
    ['Change the items of #W1000005', 'blue, with my PayPal', 'pay_paypal'],
    ['Change the items of #W1000005', 'blue, with my visa', 'pay_card'],
    ['我要更換訂單 #W1000005 的商品', 'T恤換成藍色，用 PayPal 付', 'pay_paypal'],
    ['我要更換訂單 #W1000005 的商品', '藍色，刷我的Visa', 'pay_card'],
  ])('%s – %s is proposed with that way to pay', async (first, second, paymentMethodId) => {
    const say = talk(customer);
    expect((await say(first)).job.proposals).toEqual([]);
    const { job } = await say(second);
    const changes = [{ orderItemId: 'itm_W1000005_0', newVariantId: 'var_blueM' }];
    expect(job.proposals).toMatchObject([{ kind: 'UPDATE_ORDER_ITEMS', wish: { changes, paymentMethodId } }]);
  });

  test('of an item asks which card is meant if several are of that kind', async () => {
    const say = talk(customer);
    await say('Change the items of #W1000005');
    const { text, job } = await say('change it to blue and pay with my gift card');
    expect(job.proposals).toEqual([]);
    expect(text).toMatch(/^Which of these payment methods.*Gift card \(USD 30\.00\)\n- Gift card \(USD 0\.50\)/s);
    const { job: answered } = await say('the gift card with 30.00');
    expect(answered.proposals).toMatchObject([{ kind: 'UPDATE_ORDER_ITEMS', wish: { paymentMethodId: 'pay_gift' } }]);
  });

  test.each([
    'Change the T-shirt in #W1000005 to blue, pay with paypal',
    '把訂單 #W1000005 的T恤換成藍色M，用 PayPal 付款',
  ])('%s is one wish', async (text) => {
    const { job } = await talk(customer)(text);
    expect(job.proposals).toMatchObject([
      { wish: { changes: [{ newVariantId: 'var_blueM' }], paymentMethodId: 'pay_paypal' } },
    ]);
  });

  test('that is no longer possible is refused with what is, and a person is offered', async () => {
    const { text, job } = await talk(customer)('cancel #W1000001 please, I do not need it');
    expect(job.proposals).toEqual([]);
    expect(text).toMatch(
      /^Order #W1000001 is delivered, so it is no longer possible to cancel it\.\n\nWhat is possible: return it, exchange it, ask for a refund\.\n\nShall I pass you on/,
    );
  });

  test('is for nobody who is not known', async () => {
    const { say } = await talkToVisitor();
    const { text, job } = await say('cancel #W1000004, I do not need it any more');
    expect(text).toMatch(/I need to know who you are/);
    expect(job.proposals).toEqual([]);
    const { job: confirmed } = await say('ann@example.com');
    expect(confirmed.proposals).toMatchObject([{ kind: 'CANCEL_ORDER', orderId: 'ord_W1000004' }]);
  });
});

describe('an excerpt', () => {
  test.each(['Cancel #W1000004, I don’t need it', "I don't need it any more, so cancel #W1000004"])(
    '“%s” has its reason, and only its own order',
    async (excerpt) => {
      const { commerce, conversation } = world;
      const { clock } = commerce.deps;
      const handle = answerRoutes({ commerce, conversation, clock, models, recordUse: () => {}, log: silent });
      const job = routeJob(`${excerpt}, and return the mug from #W1000001`, {
        ...{ viewer: customer, excerpt },
        entities: ['#W1000001', '#W1000004'].map((value) => ({ name: 'order_number', value })),
      });
      await handle({ ...job, agent: 'ORDERS', intent: 'ORDER' } as unknown as Parameters<typeof handle>[0]);
      expect(job.proposals).toMatchObject([
        { kind: 'CANCEL_ORDER', orderId: 'ord_W1000004', wish: { reason: 'NO_LONGER_NEEDED' } },
      ]);
    },
  );

  test('is understood with the order number that stood elsewhere in the message', async () => {
    const { commerce, conversation } = world;
    const { clock } = commerce.deps;
    const handle = answerRoutes({ commerce, conversation, clock, models, recordUse: () => {}, log: silent });
    const job = routeJob('About #W1000002: where is it, and what is your return policy?', {
      viewer: customer,
      excerpt: 'where is it',
      entities: [{ name: 'order_number', value: '#W1000002' }],
    });
    await handle({ ...job, agent: 'ORDERS', intent: 'ORDER' } as unknown as Parameters<typeof handle>[0]);
    expect(job.writer.written).toContain('Tracking number: 446622.');
  });
});

describe('a person', () => {
  test('who is not wanted is not fetched', async () => {
    const say = talk(customer);
    await say('cancel #W1000001 please, I do not need it');
    const { text, outcome } = await say('no thanks');
    expect([text, outcome]).toEqual(['All right. What else can I do for you?', { kind: 'answered' }]);
  });

  test.each(['I want to talk to a human', '我要找真人客服'])('takes over when “%s” is said', async (text) => {
    expect((await talk(customer)(text)).outcome).toMatchObject({ kind: 'handedOff', reason: 'CUSTOMER_ASKED' });
  });

  test('is offered when a message is not understood twice', async () => {
    const say = talk(customer);
    expect((await say('blah blah')).text).toMatch(/^I am not sure what you would like to know\./);
    expect((await say('bluh')).text).toMatch(/Shall I pass you on to a colleague\?$/);
    expect((await say('ok')).outcome).toMatchObject({ kind: 'handedOff' });
  });
});
