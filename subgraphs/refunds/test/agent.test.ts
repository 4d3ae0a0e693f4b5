import type { RouteOutcome } from '@supportgraph/agent';
import { routeJob, type RecordedJob } from '@supportgraph/agent/testing';
import { ann } from '@supportgraph/commerce/testing';
import { nobody, silent, type Language, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRoutes } from '../src/agent/answer.js';
import { isNo, isThanks, isYes } from '../src/agent/offline/answers.js';
import { key, lineOf, models, orderBook, startWorld, valueOf, type World } from './world.js';

let world: World;
const { orders, order } = orderBook();
const numberOf = (orderId: string) => `#${orderId.slice('ord_'.length)}`;

const onItsWay = order();
const waiting = order({ items: ['blue', 'blue', 'blue'] });
const onGiftCard = order();
const refused = order({ items: ['blue', 'red', 'mug'] });
const returned = order({ items: ['blue', 'mug'] });
const exchanged = order();
const open = order({ items: ['red', 'mug'] });
const pending = order({ status: 'PENDING', deliveredAt: null });
const late = order({ deliveredAt: '2025-06-01T10:00:00Z' });
const cancelled = order({ status: 'CANCELLED', deliveredAt: null });

beforeAll(async () => {
  world = await startWorld(orders, { returnWindowDays: 30, automaticRefundLimit: '5.00', timeZone: 'Asia/Taipei' });
  const { refunds, returns } = world.commerce;
  const ask = async (orderId: string, amount: string, paymentMethodId: string | null = null) =>
    valueOf(await refunds.request(ann, { ...key(), orderId, amount, reason: 'It is scratched', paymentMethodId })).id;
  await ask(onItsWay, '2.00');
  await ask(waiting, '40.00');
  await ask(onGiftCard, '3.00', 'pay_gift');
  const refundId = await ask(refused, '30.00');
  const staff: Viewer = { ...nobody, role: 'STAFF', staffId: 'stf_1' };
  valueOf(await refunds.reject(staff, { ...key(), refundId, reason: 'Scratches were there before' }));
  const goods = { ...key(), orderId: returned, orderItemIds: [lineOf(returned, 1)], paymentMethodId: 'pay_card' };
  valueOf(await returns.requestReturn(ann, goods));
  const changes = [{ orderItemId: lineOf(exchanged), newVariantId: 'var_red' }];
  valueOf(await returns.requestExchange(ann, { ...key(), orderId: exchanged, changes, paymentMethodId: 'pay_card' }));
});
afterAll(() => world.close());

type Heard = RecordedJob['history'];

interface Answer {
  job: RecordedJob;
  outcome: RouteOutcome;
  /** What was said so far, with this answer. */
  heard: Heard;
}

/** Lets the agent answer, over the real SDK and the offline model, as the conversation would. */
async function answer(text: string, changes: Partial<RecordedJob> = {}): Promise<Answer> {
  const { commerce, conversation } = world;
  const { clock } = commerce.deps;
  const handle = answerRoutes({ commerce, conversation, clock, models, recordUse: () => {}, log: silent });
  const job = routeJob(text, { viewer: ann, ...changes });
  const outcome = await handle(job);
  const heard = [
    ...job.history,
    { author: 'CUSTOMER' as const, text },
    { author: 'ASSISTANT' as const, text: job.writer.written },
  ];
  return { job, outcome, heard };
}

const chinese = { language: 'zh-Hant' as Language };
const toolsOf = ({ job }: Answer) => job.writer.calls.map(({ name }) => name);

/** What is written of it, and the words that the answer must have. */
type Case = readonly [text: string, ...words: string[]];

describe('where a refund is', () => {
  const english: Case[] = [
    [
      `Where is my refund for ${numberOf(onItsWay)}?`,
      'USD 2.00 is approved and on its way to: Visa ending 4242',
      'by February 10, 2026',
    ],
    [`When will I get my money for order ${numberOf(onItsWay)} back`, 'by February 10, 2026'],
    [
      `has the refund for ${numberOf(waiting).slice(1)} been approved yet`,
      'USD 40.00, asked for on February 1, 2026, waits for a colleague’s decision',
    ],
    [
      `I still haven't received my refund for ${numberOf(onGiftCard)}`,
      'USD 3.00 was put on your gift card on February 1, 2026',
    ],
    [`refund status ${numberOf(refused)}`, 'was refused: Scratches were there before'],
    [
      `What happened to my return of ${numberOf(returned)}?`,
      'A return of Mug is asked for',
      'USD 8.25 goes back to: Visa ending 4242',
    ],
    [
      `status of the exchange for ${numberOf(exchanged)}`,
      'An exchange of Shirt (blue) is asked for',
      'USD 5.50 is to be paid with: Visa ending 4242',
    ],
    [`where is the refund for ${numberOf(open)}`, `For ${numberOf(open)} there is no refund, return or exchange`],
    [
      'Where is my refund?',
      numberOf(onItsWay),
      numberOf(waiting),
      numberOf(onGiftCard),
      'waits for a colleague’s decision',
    ],
    [`${numberOf(onItsWay)}`, 'on its way to: Visa ending 4242'],
  ];
  test.each(english)('%s', async (text, ...words) => {
    const answered = await answer(text);
    expect(answered.outcome).toEqual({ kind: 'answered' });
    for (const word of words) expect(answered.job.writer.written).toContain(word);
  });

  const inChinese: Case[] = [
    [`我的退款 ${numberOf(onItsWay)} 到了嗎？`, '退款 USD 2.00 已核准', 'Visa（末四碼 4242）', '2026年2月10日'],
    [`我的退款${numberOf(onItsWay)}什么时候到账`, '已核准，正退回：Visa（末四碼 4242）'],
    [`${numberOf(waiting)} 的退款處理到哪了`, '退款 USD 40.00 正等待同事審核'],
    [`${numberOf(onGiftCard)}還沒收到退款`, '退回您的禮品卡'],
    [`请帮我查一下${numberOf(refused)}的退款进度`, '未獲核准'],
    [`${numberOf(returned)}的退貨進度`, '已申請退貨：Mug', 'USD 8.25 將退回'],
    [`换货 ${numberOf(exchanged)} 处理好了吗`, '已申請換貨：Shirt (blue)', '差額 USD 5.50'],
    ['我的退款什麼時候會到？', numberOf(onItsWay), '已核准', '等待同事審核'],
    ['錢什麼時候退給我？', numberOf(onItsWay), '已核准'],
    [`${numberOf(open)} 錢退了嗎`, '沒有退款、退貨或換貨紀錄'],
  ];
  test.each(inChinese)('%s', async (text, ...words) => {
    const { job } = await answer(text, chinese);
    for (const word of words) expect(job.writer.written).toContain(word);
  });

  test('the order is shown as a card, once', async () => {
    const { job } = await answer(`Where is my refund for ${numberOf(onItsWay)}?`);
    expect(job.writer.orders).toEqual([onItsWay]);
    expect(job.writer.calls[0]?.label.en).toBe(`Looking up the refunds of ${numberOf(onItsWay)}`);
  });
});

describe('whether something can be sent back, and for how much', () => {
  const english: Case[] = [
    [
      `can I return the mug from order ${numberOf(open)}?`,
      'can be sent back or exchanged until March 1, 2026',
      'For Mug you would get back USD 8.25',
      'one return or one exchange',
    ],
    [
      `How much would I get back for ${numberOf(open)}?`,
      'For all of it you would get back USD 33.75',
      'Shirt (red) USD 25.50, Mug USD 8.25',
      'Visa ending 4242',
    ],
    [
      `I want to send ${numberOf(open)} back`,
      'Which items are to go back?',
      'For all of it you would get back USD 33.75',
    ],
    [
      `Can I exchange the red shirt of ${numberOf(open)} for a blue one`,
      'Exchange items of order',
      'Nothing is changed yet',
    ],
    [`I want a refund for ${numberOf(open)}`, 'can be sent back or exchanged until March 1, 2026'],
    [`return ${numberOf(pending)}`, 'Only a delivered order can be sent back', 'cancelling the order'],
    [`can I still return ${numberOf(late)}`, 'The time to send things back is over', 'money back without a return'],
    [`please take back ${numberOf(cancelled)}, I want my money back`, 'Only a delivered order can be sent back'],
    [`I'd like to return the shirt in ${numberOf(returned)} too`, 'already asked for', 'once for each order'],
    [
      'Which orders can I return?',
      `**${numberOf(open)}**: Shirt (red), Mug (until March 1, 2026)`,
      'Which one is it about?',
    ],
    ['I want to return something', numberOf(open), 'Which one is it about?'],
  ];
  test.each(english)('%s', async (text, ...words) => {
    const { job } = await answer(text);
    for (const word of words) expect(job.writer.written).toContain(word);
  });

  const inChinese: Case[] = [
    [
      `${numberOf(open)} 可以退貨嗎？`,
      '在 2026年3月1日前可以退貨或換貨',
      '全部退回可退 USD 33.75',
      '每筆訂單僅能退貨或換貨一次',
    ],
    [`${numberOf(open)}可以退货吗`, '可以，訂單'],
    [`退 ${numberOf(open)} 可以拿回多少錢`, 'USD 33.75', '款項可退回：Visa（末四碼 4242）或禮品卡'],
    [`我想換貨 ${numberOf(open)}`, '可更換的款式', 'blue (USD -5.50)', '請問要將哪一項商品換成哪個款式'],
    [`我要退掉 ${numberOf(pending)}`, '只有已送達的訂單才能退換貨', '取消訂單'],
    [`${numberOf(late)} 還能退貨嗎`, '已超過可退換貨的期限', '不退貨而申請退款'],
    ['我有哪些訂單可以退貨？', numberOf(open), '請問是哪一筆'],
    ['我要退貨', numberOf(open), '請提供訂單編號'],
    ['我要退款', numberOf(open)],
  ];
  test.each(inChinese)('%s', async (text, ...words) => {
    const { job } = await answer(text, chinese);
    for (const word of words) expect(job.writer.written).toContain(word);
  });

  test('a number alone goes on with the question before', async () => {
    const first = await answer('I want to return something');
    const second = await answer(numberOf(open), { history: first.heard });
    expect(second.job.writer.written).toContain('can be sent back or exchanged until March 1, 2026');
    const third = await answer('and how much would I get back for the mug?', { history: second.heard });
    expect(third.job.writer.written).toContain('For Mug you would get back USD 8.25');
    expect(third.job.writer.written).toContain(
      'Shall I prepare the return of Mug, with the money going to Visa ending 4242',
    );
    const fourth = await answer('yes please', { history: third.heard });
    expect(fourth.job.proposals).toMatchObject([
      { kind: 'REQUEST_RETURN', orderId: open, customerId: 'cus_ann', wish: { orderItemIds: [lineOf(open, 1)] } },
    ]);
    expect(fourth.job.writer.written).toContain('Nothing is changed yet');
  });

  test('a no leaves it at that', async () => {
    const { heard } = await answer(`can I return ${numberOf(open)}`);
    const { job } = await answer('no thanks', { history: heard });
    expect(job.writer.written).toBe('All right. Is there anything else?');
  });
});

test('who gets the same answer again is offered a person, and a yes or no to that is understood', async () => {
  const first = await answer('I want to return something');
  const second = await answer('I would like to return a thing', { history: first.heard });
  expect(second.job.writer.written).toBe(`${first.job.writer.written}\n\nShall I pass you on to a colleague?`);
  const stay = await answer('no, thank you', { history: second.heard });
  expect(stay.job.writer.written).toBe('All right. What else can I do for you?');
  const go = await answer('ok, please do', { history: second.heard });
  expect(go.outcome).toMatchObject({ kind: 'handedOff', reason: 'CUSTOMER_ASKED' });
});

describe('what is wanted is shown to be confirmed, and nothing is done', () => {
  const returning = (orderId: string, lines: number[], paymentMethodId = 'pay_card') => ({
    ...{ kind: 'REQUEST_RETURN', orderId },
    wish: { orderItemIds: lines.map((line) => lineOf(orderId, line)), paymentMethodId },
  });
  const exchanging = (orderId: string, line: number, newVariantId: string) => ({
    ...{ kind: 'REQUEST_EXCHANGE', orderId },
    wish: { changes: [{ orderItemId: lineOf(orderId, line), newVariantId }], paymentMethodId: 'pay_card' },
  });
  const refunding = (orderId: string, amount: string | null, reason: string, paymentMethodId = 'pay_card') => ({
    ...{ kind: 'REQUEST_REFUND', orderId, wish: { amount, reason, paymentMethodId } },
  });
  const cases: [string, Language, object][] = [
    [`I want to return the mug from ${numberOf(open)}`, 'en', returning(open, [1])],
    [
      `please take the red shirt from ${numberOf(open)} back, I want to return it to a gift card`,
      'en',
      returning(open, [0], 'pay_gift'),
    ],
    [`return everything of ${numberOf(open)}`, 'en', returning(open, [0, 1])],
    [`我要退掉 ${numberOf(open)} 全部`, 'zh-Hant', returning(open, [0, 1])],
    [`我要退货 ${numberOf(open)} 的 mug，退到礼品卡`, 'zh-Hant', returning(open, [1], 'pay_gift')],
    [`exchange the shirt of ${numberOf(open)} for a green one`, 'en', exchanging(open, 0, 'var_green')],
    [`我想把 ${numberOf(open)} 的 shirt 換成藍色`, 'zh-Hant', exchanging(open, 0, 'var_blue')],
    [
      `I want a refund of 4.50 for ${numberOf(open)} because a button is missing`,
      'en',
      refunding(open, '4.50', 'a button is missing'),
    ],
    [
      `I want 2.50 back for ${numberOf(open)} because the mug is scratched`,
      'en',
      refunding(open, '2.50', 'the mug is scratched'),
    ],
    [`我要退款 ${numberOf(open)} 3 元到禮物卡，因為有刮痕`, 'zh-Hant', refunding(open, '3.00', '有刮痕', 'pay_gift')],
  ];
  test.each(cases)('%s', async (text, language, proposal) => {
    const { job, outcome } = await answer(text, { language });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.proposals).toMatchObject([proposal]);
    expect(job.writer.written).toContain(language === 'en' ? 'Nothing is changed yet' : '目前尚未變更任何內容');
    expect(await world.commerce.orders.find(ann, open)).toMatchObject({ status: 'DELIVERED', refunds: [] });
  });

  test('what is missing is asked for, and the answer goes on', async () => {
    const first = await answer(`I want to send ${numberOf(open)} back`);
    expect(first.job.proposals).toEqual([]);
    const second = await answer('the mug', { history: first.heard });
    expect(second.job.proposals).toMatchObject([returning(open, [1])]);

    const exchange = await answer(`${numberOf(open)} 想換貨`, chinese);
    const variant = await answer('shirt 換成白色', { ...chinese, history: exchange.heard });
    expect(variant.job.proposals).toMatchObject([exchanging(open, 0, 'var_white')]);

    const refund = await answer(`I want a refund for ${numberOf(open)}`);
    expect(refund.job.writer.written).toContain('write how much and why');
    const amount = await answer('2.00 because it came late', { history: refund.heard });
    expect(amount.job.proposals).toMatchObject([refunding(open, '2.00', 'it came late')]);
  });

  test.each([
    ['What happens to my money?', 'en', /^If you confirm:\n- .*USD 8\.25.*\n\nNothing is changed yet/s],
    ['when do i get the refund', 'en', /^If you confirm:\n- .*USD 8\.25/],
    ['no, wait', 'en', /^Take your time: nothing is changed unless you confirm it\./],
    ['錢會退到哪裡？', 'zh-Hant', /^若您確認：\n- .*USD 8\.25/],
    ['等一下', 'zh-Hant', /^不用急/],
  ] as const)('while it waits for an answer, “%s” is about what is shown', async (text, language, told) => {
    const { heard } = await answer(`I want to return the mug from ${numberOf(open)}`);
    const { job } = await answer(text, { language, history: heard });
    expect(job.proposals).toEqual([]);
    expect(job.writer.written).toMatch(told);
  });

  test('while it waits for an answer, another way to be paid back makes another proposal', async () => {
    const { heard } = await answer(`I want to return the mug from ${numberOf(open)}`);
    const { job } = await answer('to my gift card instead please', { history: heard });
    expect(job.proposals).toMatchObject([returning(open, [1], 'pay_gift')]);
  });

  test('a refund of more than is left is refused with the reason, and a person is offered', async () => {
    const { job } = await answer(`refund 99.00 for ${numberOf(open)} because it is broken`);
    expect(job.proposals).toEqual([]);
    expect(job.writer.written).toContain('more than is left of what was paid. Shall I pass you on to a colleague?');
  });
});

describe('who asks', () => {
  async function startVisit() {
    const { session } = valueOf(await world.conversation.sessions.start(nobody, { ...key(), channel: 'WEB' }));
    const viewer: Viewer = { ...nobody, sessionId: session.id };
    return { sessionId: session.id, viewer };
  }

  test('a visitor is asked for the e-mail address, and then gets the answer to the question before', async () => {
    const visit = await startVisit();
    const first = await answer(`Where is my refund for ${numberOf(onItsWay)}?`, visit);
    expect(first.job.writer.written).toBe(
      'To look at your orders I need to know who you are. What is the e-mail address of your account? Your first name, last name and postcode will do as well.',
    );
    expect(first.job.writer.orders).toEqual([]);
    const second = await answer('ANN@example.com', { ...visit, history: first.heard });
    expect(toolsOf(second)).toEqual(['verify_customer', 'get_order_refunds']);
    expect(second.job.writer.written).toContain('USD 2.00 is approved and on its way');
    expect(await world.conversation.sessions.customerOf(visit.viewer)).toBe('cus_ann');
  });

  test.each([
    ['Ann Example, 90001', 'en'],
    ['my name is Ann Example and my postcode is 90001', 'en'],
    ['我是 Ann Example，郵遞區號 90001', 'zh-Hant'],
  ] as const)('%s is enough as well', async (text, language) => {
    const visit = await startVisit();
    const { heard } = await answer(language === 'en' ? 'what can I return?' : '我要退貨', { ...visit, language });
    const second = await answer(text, { ...visit, language, history: heard });
    // Bob has the same postcode, but not the same name.
    expect(second.job.writer.written).toContain(numberOf(open));
  });

  test('an example that the agent gave is no number of theirs', async () => {
    const visit = await startVisit();
    const first = await answer('my money', visit);
    expect(first.job.writer.written).toContain('such as #W1000001');
    const second = await answer('ann@example.com', { ...visit, history: first.heard });
    expect(second.job.writer.written).toMatch(/^Thank you, I have found you\./);
  });

  test('question and address in one message are answered at once', async () => {
    const visit = await startVisit();
    const { job } = await answer(`我的 email 是 ann@example.com，退款 ${numberOf(onItsWay)} 到了嗎`, {
      ...visit,
      ...chinese,
    });
    expect(job.writer.written).toContain('已核准');
  });

  test('wrong details are answered the same whoever they belong to, and a person is offered the second time', async () => {
    const visit = await startVisit();
    const first = await answer('我的退款到了嗎', { ...visit, ...chinese });
    const second = await answer('nobody@example.com', { ...visit, ...chinese, history: first.heard });
    expect(second.job.writer.written).toBe('我無法以這些資料找到您，請確認後再寫一次。');
    const third = await answer('Ann Example 12345', { ...visit, ...chinese, history: second.heard });
    expect(third.job.writer.written).toBe('我無法以這些資料找到您，請確認後再寫一次。要為您轉接同事嗎？');
    const fourth = await answer('好的，麻煩了', { ...visit, ...chinese, history: third.heard });
    expect(fourth.outcome).toMatchObject({ kind: 'handedOff' });
  });

  test("somebody else's order and one that does not exist are the same", async () => {
    const visit = await startVisit();
    const { heard } = await answer('Where is my refund?', visit);
    const bob = await answer('bob@example.com', { ...visit, history: heard });
    expect(bob.job.writer.written).toContain('There is no refund on your account.');
    for (const number of [numberOf(onItsWay), '#W9999999']) {
      const { job } = await answer(`Where is the refund for ${number}?`, {
        ...visit,
        viewer: { ...visit.viewer, role: 'CUSTOMER', customerId: 'cus_bob' },
      });
      expect(job.writer.written).toBe(`I find no order ${number} on your account. Please check the number.`);
      expect(job.writer.orders).toEqual([]);
    }
  });

  test('no tool takes a customer id, and what tools tell names none', async () => {
    const { job } = await answer(`I want a refund for ${numberOf(open)}`);
    expect(JSON.stringify(job.writer.calls)).not.toContain('cus_');
  });
});

describe('when nothing else helps', () => {
  test.each([
    ['I want to talk to a human', 'en'],
    ['幫我轉接真人客服', 'zh-Hant'],
  ] as const)('%s gives the session to a person', async (text, language) => {
    expect((await answer(text, { language })).outcome).toMatchObject({ kind: 'handedOff', reason: 'CUSTOMER_ASKED' });
  });

  test('what is not understood twice is offered to a person', async () => {
    const first = await answer('blue blue blue');
    expect(first.job.writer.written).toContain('I did not quite understand that.');
    const second = await answer('lorem ipsum', { history: first.heard });
    expect(second.job.writer.written).toBe(
      'I am sorry, I still do not understand. Shall I pass you on to a colleague?',
    );
  });

  test('thanks are not a question', async () => {
    expect((await answer('謝謝你', chinese)).job.writer.written).toBe('不客氣。');
    expect((await answer('Thanks!')).job.writer.written).toBe('You are welcome.');
  });
});

test.each(['Yes', 'yes please', 'ok, please do', '好', '好的，麻煩了', '是的', '可以，謝謝', '好啊'])(
  '%s is a yes',
  (text) => {
    expect(isYes(text)).toBe(true);
    expect(isNo(text)).toBe(false);
  },
);

test.each(['No', 'no thanks', 'No, thank you.', '不用了，謝謝', '不要', '先不要'])('%s is a no', (text) => {
  expect(isNo(text)).toBe(true);
  expect(isYes(text)).toBe(false);
});

test.each(['thanks a lot', '謝謝您！', '太好了，謝謝'])('%s is thanks', (text) => {
  expect(isThanks(text)).toBe(true);
  expect(isNo(text)).toBe(false);
});

test.each(['yes but not the mug', '不是這筆', 'no refund arrived'])('%s is more than a yes or no', (text) => {
  expect([isYes(text), isNo(text), isThanks(text)]).toEqual([false, false, false]);
});
