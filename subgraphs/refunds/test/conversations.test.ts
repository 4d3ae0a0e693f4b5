import { routeJob, type RecordedJob } from '@supportgraph/agent/testing';
import { ann } from '@supportgraph/commerce/testing';
import { languageOfText, nobody, silent, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRoutes } from '../src/agent/answer.js';
import { key, lineOf, models, orderBook, startWorld, valueOf, type World } from './world.js';

let world: World;
const { orders, order } = orderBook();
const numberOf = (orderId: string) => `#${orderId.slice('ord_'.length)}`;

const shirts = order({ items: ['blue', 'red', 'mug'] });
const mug = order({ items: ['mug'] });
const late = order({ deliveredAt: '2025-06-01T10:00:00Z' });
const onItsWay = order({ status: 'PROCESSED', deliveredAt: null });
const returned = order({ items: ['mug'] });
const exchanged = order();

const W = numberOf(shirts).slice(1);

beforeAll(async () => {
  world = await startWorld(orders, { returnWindowDays: 30, automaticRefundLimit: '50.00' });
  const { returns } = world.commerce;
  const goods = { ...key(), orderId: returned, orderItemIds: [lineOf(returned)], paymentMethodId: 'pay_card' };
  valueOf(await returns.requestReturn(ann, goods));
  const changes = [{ orderItemId: lineOf(exchanged), newVariantId: 'var_red' }];
  valueOf(await returns.requestExchange(ann, { ...key(), orderId: exchanged, changes, paymentMethodId: 'pay_card' }));
});
afterAll(() => world.close());

type Heard = RecordedJob['history'];

interface Talk {
  /** What was answered last, and what it proposed. */
  said: string;
  proposals: RecordedJob['proposals'];
  heard: Heard;
}

/** Lets the agent answer one message after another, as ann unless it is a visit. */
async function talk(
  messages: readonly string[],
  visit?: { sessionId: string; viewer: Viewer },
  heard: Heard = [],
): Promise<Talk> {
  const { commerce, conversation } = world;
  const { clock } = commerce.deps;
  const handle = answerRoutes({ commerce, conversation, clock, models, recordUse: () => {}, log: silent });
  let last: Talk = { said: '', proposals: [], heard };
  for (const text of messages) {
    const customerId = visit && (await conversation.sessions.customerOf(visit.viewer));
    const known: Viewer | undefined =
      visit && customerId ? { ...visit.viewer, role: 'CUSTOMER', customerId } : visit?.viewer;
    const job = routeJob(text, { ...visit, viewer: known ?? ann, history: last.heard, language: languageOfText(text) });
    await handle(job);
    const said = job.writer.written;
    last = { said, proposals: job.proposals, heard: [...last.heard, { author: 'CUSTOMER', text }, { author: 'ASSISTANT', text: said }] }; // prettier-ignore
  }
  return last;
}

async function startVisit() {
  const { session } = valueOf(await world.conversation.sessions.start(nobody, { ...key(), channel: 'WEB' }));
  return { sessionId: session.id, viewer: { ...nobody, sessionId: session.id } };
}

const returning = (orderId: string, lines: number[], paymentMethodId = 'pay_card') => ({
  ...{ kind: 'REQUEST_RETURN', orderId },
  wish: { orderItemIds: lines.map((line) => lineOf(orderId, line)), paymentMethodId },
});
const exchanging = (orderId: string, line: number, newVariantId: string, paymentMethodId = 'pay_card') => ({
  ...{ kind: 'REQUEST_EXCHANGE', orderId },
  wish: { changes: [{ orderItemId: lineOf(orderId, line), newVariantId }], paymentMethodId },
});
const refunding = (orderId: string, amount: string | null, reason: string, paymentMethodId = 'pay_card') => ({
  ...{ kind: 'REQUEST_REFUND', orderId, wish: { amount, reason, paymentMethodId } },
});

describe('corrections add up to one wish', () => {
  const cases: [string[], object][] = [
    [[`return the mug from ${W}, refund to my gift card`, 'actually to the card instead'], returning(shirts, [2])],
    [[`return the mug from ${W}`, 'put it on my gift card', 'actually to the card instead'], returning(shirts, [2])],
    [[`return the mug from ${W}`, 'refund to paypal please', 'how much would I get back', 'ok gift card then'], returning(shirts, [2], 'pay_gift')],
    [[`我要退货 ${W} 的 mug`, '退到礼品卡吧'], returning(shirts, [2], 'pay_gift')],
    [[`想退貨，訂單 ${W} 的 mug`, '退回原本付款方式'], returning(shirts, [2])],
    [[`return the blue shirt from ${W}`, 'can i also return the mug'], returning(shirts, [0, 2])],
    [[`return the blue shirt from ${W}`, 'can i also return the red one'], returning(shirts, [0, 1])],
    [[`return everything from ${W}`, 'no, not the mug'], returning(shirts, [0, 1])],
    [[`return everything in W1999999... typo, ${W}`], returning(shirts, [0, 1, 2])],
    [[`refund 10 dollars for ${W}, arrived late`, 'no make it 15'], refunding(shirts, '15.00', 'arrived late')],
    [[`refund 10 dollars for ${W}, arrived late`, 'ok 12 then', 'to my gift card'], refunding(shirts, '12.00', 'arrived late', 'pay_gift')],
    [[`refund 1000 dollars for ${W}, broken`, 'why not', 'ok 20 then'], refunding(shirts, '20.00', 'broken')],
    [[`退款 ${W}`, '全額', '有刮痕'], refunding(shirts, '53.75', '有刮痕')],
    [[`我要退款 20 元，訂單 ${W} 馬克杯刮傷`], refunding(shirts, '20.00', '馬克杯刮傷')],
    [[`i got a scratched mug order ${W.slice(1)}`, 'id like to keep it but get 5 dollars back'], refunding(shirts, '5.00', 'i got a scratched mug')],
    [[`exchange the blue shirt of ${W} for a green one`, 'white please', 'to my gift card'], exchanging(shirts, 0, 'var_white', 'pay_gift')],
    [[`can I return the mug of ${W}?`, 'yes return it'], returning(shirts, [2])],
    [[`${W} 的 mug 可以退吗`, '好，退吧'], returning(shirts, [2])],
    [[`return the blue shirt of ${W}`, 'the mug of ' + numberOf(mug)], returning(mug, [0])],
  ]; // prettier-ignore
  test.each(cases)('%j', async (messages, proposal) => {
    const { proposals } = await talk(messages);
    expect(proposals).toMatchObject([proposal]);
    expect(await world.commerce.orders.find(ann, shirts)).toMatchObject({ status: 'DELIVERED', refunds: [] });
  });
});

describe('what is not wanted, or not possible, is never proposed', () => {
  const wish = `return the mug from ${W}`;
  const cases: [string[], RegExp][] = [
    ...['never mind, i keep it', "don't return it", 'i changed my mind'].map((no): [string[], RegExp] => [[wish, no], /^All right, nothing is done\. .*Decline/]), // prettier-ignore
    ...['不退了', '不要了', '先不要', '還是留著好了', '不想退了'].map((no): [string[], RegExp] => [[wish, no], /^好的，不會進行任何操作。.*拒絕/]), // prettier-ignore
    [[wish, '退到礼品卡吧', '等等', '不退了'], /^好的，不會進行任何操作。/],
    [[wish, 'refund to paypal please'], new RegExp(`^PayPal is not possible for #${W}\\. The money can go to: Visa ending 4242, Gift card,? or Gift card\\.`)], // prettier-ignore
    [[wish, '退到 paypal', '為什麼不能'], /^款項只能退回訂單第一筆付款所用的方式/],
    [[wish, 'yes return it'], /^It is done as soon as you press “Confirm”\./],
    [[`exchange the blue shirt of ${W} for a grey one`], /^Shirt \(grey\) is sold out\.[^]*red \(USD \+5\.50\)/],
    [[`把 ${W} 的 blue shirt 換成灰色`], /^Shirt（grey）目前缺貨。/],
    [[`exchange the blue shirt of ${W} for a purple one`], /^Shirt \(purple\) is not on offer\./],
    [[`exchange the blue shirt of ${W} for a blue one`], /^Shirt \(blue\) is what you have\./],
    [[`can I return ${numberOf(late)}`, 'why not'], /that time ended on July 1, 2025\. I cannot make an exception/],
    [[`${numberOf(onItsWay)} 可以退嗎`, '為什麼不能'], /^只有已送達的商品才能退回/],
    [[`收到的包裹裡少了一件 ${numberOf(onItsWay)}`], /^很抱歉有商品缺少。您可以不退貨而申請退款，或由同事為您查明。/],
    [['return the earbuds'], /^These orders can be sent back or exchanged:[^]*Which one is it about\?/],
  ];
  test.each(cases)('%j', async (messages, answer) => {
    const { said, proposals } = await talk(messages);
    expect(said).toMatch(answer);
    expect(proposals).toEqual([]);
  });

  test('the same again is possible if it is wanted', async () => {
    const { proposals } = await talk([`exchange the blue shirt of ${W} for a blue one`, 'the same one again']);
    expect(proposals).toMatchObject([exchanging(shirts, 0, 'var_blue')]);
  });

  test.each([
    ['等一下，會退多少錢？', /^若您確認：\n- .*USD 8\.25/],
    ['等等，钱会退到哪里', /^若您確認：\n- .*USD 8\.25/],
    ['wait, how much would I get back', /^If you confirm:\n- .*USD 8\.25/],
    ['where do I send it?', /^Once you confirm, it is registered\. .* not known to this chat/],
  ])('while a return waits, “%s” is answered', async (text, answer) => {
    const { said, proposals } = await talk([wish, text]);
    expect([said, proposals]).toEqual([expect.stringMatching(answer), []]);
  });
});

describe('who asks, and what for, is read from all that was written', () => {
  const cases: [string[], RegExp][] = [
    [[`return the mug from ${W}`, 'ann example 90001'], /^\*\*Return items of order/],
    [[`return the mug from ${W}`, 'hi its ann example zip 90001'], /^\*\*Return items of order/],
    [[`return the mug from ${W}`, 'ann example', '90001'], /^\*\*Return items of order/],
    [[`return the mug from ${W}`, 'first name Ann, last name Example', 'postcode 90001'], /^\*\*Return items of order/],
    [['我是 ann example 邮编90001', `我要退货 ${W} 的 mug`], /^\*\*退回訂單/],
    [[`I want a refund for the late parcel order ${W}. ann@example.com. it's been days!!!`], /can be sent back or exchanged until.*write how much and why/],
    [[`我要退款 20 元，訂單 ${W} 杯子刮傷`, '為什麼要提供', 'ann@example.com'], /^\*\*Refund for order/],
    [['where is my exchange?', 'why do you need it'], /^Orders are shown only to whom they belong;.*To look at your orders/],
    [['return it', 'ann example'], /^Thank you\. And what is your postcode\?$/],
    [['return something', 'Ann Example, 90001', 'the second one', 'the mug'], /^\*\*Return items of order/],
  ]; // prettier-ignore
  test.each(cases)('%j', async (messages, answer) => {
    expect((await talk(messages, await startVisit())).said).toMatch(answer);
  });

  test.each([
    ['a shirt', /^Yes, #W1000001 can be sent back.*Which items are to go back\?/],
    ['the blue shirt', /^\*\*Return items of order #W1000001\*\*[^]*Items: Shirt \(color: blue\)\n/],
    ['both shirts', /^\*\*Return items of order #W1000001\*\*/],
    ['the second one', /Which items are to go back\?/],
  ])('of the orders that were listed, “%s” names one', async (text, answer) => {
    expect((await talk(['I want to return something', text])).said).toMatch(answer);
  });

  test('a number that was not found does not stick', async () => {
    const { said } = await talk(['return W1999999', 'the shirt']);
    expect(said).not.toContain('W1999999');
    expect(said).toContain(numberOf(shirts));
  });
});

describe('what is under way', () => {
  const done = (orderId: string): Heard => [
    { author: 'CUSTOMER', text: `return ${numberOf(orderId)}` },
    { author: 'ASSISTANT', text: `The return of order ${numberOf(orderId)} is requested. Once the items have arrived: USD 8.25.` }, // prettier-ignore
  ];
  test.each([
    ['where does the money go', /As soon as the goods arrive, USD 8\.25 goes back to: Visa/],
    ['thanks! when will it be on paypal', /USD 8\.25 goes back to: Visa/],
    ['什么时候到账', /USD 8\.25 將退回/],
    ['is that on my gift card already?', /USD 8\.25 goes back to: Visa/],
    ['where do I send it?', /is asked for\.[^]*not known to this chat; a colleague can tell you\. Shall I pass you on/],
    ['要寄到哪裡？', /寄回的地址與方式在這個對話中無法查到，請向同事確認。要為您轉接同事嗎？/],
    ['不退了', /可以由同事為您撤銷/],
    ['call off my return', /^\*\*#W1000005\*\*[^]*Only a colleague can call that off/],
  ])('after a return “%s” is about that', async (text, answer) => {
    expect((await talk([text], undefined, done(returned))).said).toMatch(answer);
  });

  test.each([
    [
      'where is my exchange?',
      /^\*\*#W1000006\*\*\nAn exchange of Shirt \(blue\)|An exchange of Shirt \(blue\) is asked for/,
    ],
    ['我的退货你们收到了吗', /已申請退貨：Mug/],
    ['取消換貨', /可以由同事為您撤銷/],
    [`取消退貨 ${W}`, /^目前沒有可以撤銷的退貨或換貨申請。$/],
  ])('“%s” shows returns and exchanges without a refund', async (text, answer) => {
    expect((await talk([text])).said).toMatch(answer);
  });
});
