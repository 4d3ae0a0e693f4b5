import { modelClient, offlineModel, offlineModels, type RouteOutcome } from '@supportgraph/agent';
import { routeJob, type RecordedJob } from '@supportgraph/agent/testing';
import { silent } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRoutes } from '../src/agent/answer.js';
import { sourcesOf } from '../src/agent/sources.js';
import { faqAgent } from '../src/index.js';
import { faqService, type FaqService } from '../src/service.js';
import { startWorld, type World } from './world.js';

let world: World;
let faqs: FaqService;
beforeAll(async () => {
  world = await startWorld();
  faqs = faqService({ ...world, clock: () => new Date() });
});
afterAll(() => world.close());

async function answer(
  text: string,
  changes: Partial<RecordedJob> = {},
  search: FaqService['search'] = faqs.search,
): Promise<{ job: RecordedJob; outcome: RouteOutcome }> {
  const client = modelClient({ fetch: offlineModel(new Map([[faqAgent.prompt, faqAgent.offline]])) });
  const models = { client, names: offlineModels };
  const handle = answerRoutes({ faqs: { search }, commerce: world.commerce, models, recordUse: () => {}, log: silent });
  const job = routeJob(text, changes);
  // The conversation's job says more than the agent needs.
  const outcome = await handle({ ...job, agent: 'FAQ', intent: 'FAQ' } as unknown as Parameters<typeof handle>[0]);
  return { job, outcome };
}

test('a question is answered from the entry that fits, with its source', async () => {
  const { job, outcome } = await answer('What is your return policy?');
  expect(outcome).toEqual({ kind: 'answered' });
  expect(job.writer.written).toContain('Each order can have one return **or** one exchange. [1]');
  expect(job.writer.citations).toEqual([
    { number: 1, faqId: 'faq_return-policy', title: 'What is your return policy?' },
  ]);
});

test('a Chinese question is answered in Traditional Chinese, also if it is typed in Simplified', async () => {
  const { job } = await answer('退货规定是什么？', { language: 'zh-Hant' });
  expect(job.writer.written).toContain('訂單**送達**後，在退貨期限內可以退回部分或全部商品。');
  expect(job.writer.citations).toMatchObject([{ number: 1, title: '退貨政策是什麼？' }]);
});

test('two questions in one message get two answers with two sources', async () => {
  const { job } = await answer('Hi! How much is shipping? And which payment methods do you accept?');
  expect(job.writer.written).toMatch(
    /^Hello! The cost depends on the address.*\[1\]\n\nYou can pay by credit card.*\[\d\]$/s,
  );
  expect(job.writer.citations.map(({ title }) => title)).toEqual([
    'How much does shipping cost?',
    'Which payment methods do you accept?',
  ]);
});

test('entries are numbered in the order asked, whichever is found first', async () => {
  const lateFirst: FaqService['search'] = async (question, ...rest) => {
    if (question.includes('shipping')) await new Promise((resolve) => setTimeout(resolve, 50));
    return faqs.search(question, ...rest);
  };
  const { job } = await answer('How much is shipping? And which payment methods do you accept?', {}, lateFirst);
  expect(job.writer.written).toMatch(/^The cost depends on the address.*\[1\]\n\nYou can pay by credit card.*\[\d\]$/s);
});

test.each([
  ['how much is the mug?', 'en', '**Mug**: USD 8.25; 1 of 1 variants in stock.'],
  ['Do you have the shirt in red?', 'en', 'Yes, in stock:\n- Shirt (red): USD 25.50'],
  ['what colours does the shirt come in', 'en', /^\*\*Shirt\*\*: USD 10\.00–25\.50; 4 of 5 .* color: blue, red, green/],
  ['灰色襯衫還有貨嗎', 'zh-Hant', /^Shirt（grey）目前缺貨。 目前有現貨的款式：/],
  ['馬克杯多少錢', 'zh-Hant', '**Mug**：USD 8.25；1 個款式中有 1 個現貨。'],
] as const)('a product is looked up: %s', async (text, language, told) => {
  const { job, outcome } = await answer(text, { language });
  expect(outcome).toEqual({ kind: 'answered' });
  if (typeof told === 'string') expect(job.writer.written).toBe(told);
  else expect(job.writer.written).toMatch(told);
  expect(job.writer.citations).toEqual([]);
});

test('a product and a rule that are asked about together are both told, and what is not sold is no reason not to look up the rule', async () => {
  const { job } = await answer('How much is the mug? And which payment methods do you accept?');
  expect(job.writer.written).toMatch(/^\*\*Mug\*\*: USD 8\.25.*\n\nYou can pay by credit card.*\[\d\]$/s);
  const { job: other } = await answer('How much is shipping?');
  expect(other.writer.written).toMatch(/^The cost depends on the address/);
});

/** What is answered to the last of these messages of one conversation. */
async function talk(texts: readonly string[], language: 'en' | 'zh-Hant' = 'en'): Promise<string> {
  const history: { author: 'CUSTOMER' | 'ASSISTANT'; text: string }[] = [];
  let written = '';
  for (const text of texts) {
    ({ written } = (await answer(text, { language, history: [...history] })).job.writer);
    history.push({ author: 'CUSTOMER', text }, { author: 'ASSISTANT', text: written });
  }
  return written;
}

describe('the product of the last answer is still spoken of', () => {
  const green = 'Yes, in stock:\n- Shirt (green): USD 15.00';
  test.each<[string[], 'en' | 'zh-Hant', string | RegExp]>([
    [['do you have the shirt', 'and in green'], 'en', green],
    [['do you have the shirt in red?', 'how about green'], 'en', green],
    [['do you have the shirt', 'is the green one in stock'], 'en', green],
    [['do you have the shirt', 'and in purple', 'and in green?'], 'en', green],
    [['do you have the shirt', 'and in purple'], 'en', /^There is no Shirt \(purple\)\.\n\*\*Shirt\*\*: USD/],
    [['do you have the shirt', 'and in purple', 'the white one?'], 'en', 'Yes, in stock:\n- Shirt (white): USD 20.00'],
    [['do you have the shirt', 'whats the price'], 'en', /^\*\*Shirt\*\*: USD 10\.00–25\.50/],
    [['do you have the shirt', 'and the mug?'], 'en', '**Mug**: USD 8.25; 1 of 1 variants in stock.'],
    [['有賣襯衫嗎', '綠色的呢'], 'zh-Hant', '有的，目前有現貨：\n- Shirt（green）: USD 15.00'],
    [['有賣襯衫嗎', '多少錢'], 'zh-Hant', /^\*\*Shirt\*\*：USD 10\.00–25\.50/],
    [['do you have the shirt', 'which payment methods do you accept?'], 'en', /^You can pay by credit card/],
  ])('%j', async (texts, language, told) => {
    const written = await talk(texts, language);
    if (typeof told === 'string') expect(written).toBe(told);
    else expect(written).toMatch(told);
  });
});

test.each([
  ['do you have the shirt in green? how much', 'Yes, in stock:\n- Shirt (green): USD 15.00'],
  ['what is the price of the mug', '**Mug**: USD 8.25; 1 of 1 variants in stock.'],
  ['any mugs?', '**Mug**: USD 8.25; 1 of 1 variants in stock.'],
  ['which is cheaper, the mug?', '**Mug**: USD 8.25; 1 of 1 variants in stock.'],
])('a product is looked up however shortly it is asked for: %s', async (text, told) =>
  expect((await answer(text)).job.writer.written).toBe(told),
);

test('a vague question alone is about nothing, and after another about that', async () => {
  expect(await talk(['how much?'])).toMatch(/^I found no answer/);
  expect(await talk(['do i have to pay anything'])).toMatch(/^I found no answer/);
  expect(await talk(['do you ship to Canada?', 'how long does it take'])).toMatch(
    /^The expected time for your address/,
  );
  const { job } = await answer('can you ship to germany? how much? and how long does it take');
  expect(job.writer.citations).toMatchObject([
    { faqId: 'faq_shipping-destinations' },
    { faqId: 'faq_shipping-cost' },
    { faqId: 'faq_delivery-time' },
  ]);
});

test('what the FAQ does not know is admitted, and a person is offered', async () => {
  const { job, outcome } = await answer('Who won the world cup in 2018?');
  expect(outcome).toEqual({ kind: 'answered' });
  expect(job.writer.written).toBe(
    'I found no answer to this in our help pages, and I do not want to guess. Shall I pass you on to a colleague?',
  );
  expect(job.writer.citations).toEqual([]);
});

test.each([
  ['en', 'do gift cards expire'],
  ['en', 'can I buy a gift card'],
  ['en', 'do you sell gift cards'],
  ['en', 'do you sell iphones'],
  ['en', 'Do you price match?'],
  ['en', 'do you have a store in berlin'],
  ['zh-Hant', '禮物卡會過期嗎'],
  ['zh-Hant', '退貨要付運費嗎'],
] as const)('an entry that only shares a word with the question is no answer: %s, %s', async (language, text) => {
  const { job } = await answer(text, { language });
  expect(job.writer.written).toMatch(/^I found no answer|^我在說明中找不到/);
});

test.each([
  ['en', 'who can see this chat', 'chat-privacy'],
  ['en', 'delete my account', 'delete-account'],
  ['en', 'do you sell my data', 'personal-data'],
  ['zh-Hant', '我想刪除我的帳號', 'delete-account'],
  ['zh-Hant', '你們會把我的個資賣給別人嗎', 'personal-data'],
  ['zh-Hant', '忘记密码了怎么办', 'forgot-password'],
  ['zh-Hant', '怎么退货', 'start-return'],
  ['zh-Hant', '运费谁出', 'shipping-cost'],
] as const)('is answered by the entry for it, not by what is near to it: %s, %s', async (language, text, slug) => {
  const { job } = await answer(text, { language });
  expect(job.writer.citations).toMatchObject([{ faqId: `faq_${slug}` }]);
  expect(job.writer.written).not.toMatch(/closest|最接近/);
});

test('a yes to that offer gives the session to a person', async () => {
  const { job } = await answer('明天會下雨嗎', { language: 'zh-Hant' });
  const history = [
    { author: 'CUSTOMER' as const, text: job.text },
    { author: 'ASSISTANT' as const, text: job.writer.written },
  ];
  const { outcome } = await answer('好的', { language: 'zh-Hant', history });
  expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'CUSTOMER_ASKED' });
});

test.each(['I want to talk to a human', '幫我轉接真人客服'])('%s gives the session to a person', async (text) => {
  const { outcome } = await answer(text);
  expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'CUSTOMER_ASKED' });
});

test('a source is cited once, when its number is in the text, even if that comes in pieces', () => {
  const job = routeJob('');
  const sources = sourcesOf(job.writer);
  sources.number({ faqId: 'faq_a', title: 'A' });
  sources.number({ faqId: 'faq_b', title: 'B' });
  for (const delta of ['See [', '2', '] and', ' again [2], not [7].']) sources.writer.text(delta);
  expect(job.writer.citations).toEqual([{ number: 2, faqId: 'faq_b', title: 'B' }]);
  expect(job.writer.written).toBe('See [2] and again [2], not [7].');
});

test.each([
  ['ok', { kind: 'handedOff', reason: 'CUSTOMER_ASKED' }],
  ['Yes please, thanks!', { kind: 'handedOff', reason: 'CUSTOMER_ASKED' }],
  ['好的，麻煩了', { kind: 'handedOff', reason: 'CUSTOMER_ASKED' }],
  ['no thanks', { kind: 'answered' }],
  ['不用了，謝謝', { kind: 'answered' }],
  ['and who won it in 2014?', { kind: 'handedOff', reason: 'LOW_CONFIDENCE' }],
])('after the offer of a person, “%s” is understood', async (text, expected) => {
  const first = await answer('Who won the world cup in 2018?');
  const history = [
    { author: 'CUSTOMER' as const, text: first.job.text },
    { author: 'ASSISTANT' as const, text: first.job.writer.written },
  ];
  const { job, outcome } = await answer(text, { history });
  expect(outcome).toMatchObject(expected);
  expect(job.writer.written).not.toContain('Shall I pass you on');
});
