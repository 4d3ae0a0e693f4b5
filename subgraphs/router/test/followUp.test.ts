import type { AgentKind, PendingAction, Said } from '@supportgraph/conversation';
import { describe, expect, test } from 'vitest';
import { offlineRouting } from '../training/offlineRouting.js';

const route = offlineRouting();
const { signal } = new AbortController();

const questions = {
  who: 'To look at your orders I need to know who you are. What is the e-mail address of your account? Your name will do as well.',
  whichItems: 'Which items are to go back? Name all of them, or write “all of it”, and I prepare the return.',
  whichOrder: 'Which order do you mean? Please write its number.\n\n- #W1000001: T-Shirt\n- #W1000002: Earbuds',
  whyCancel: 'Why is it to be cancelled: is it no longer needed, or was it ordered by mistake?',
  whichItem: '請問要更換哪一項商品，換成哪個顏色、尺寸或款式？商品只能變更一次，請一次告訴我所有要更換的項目。',
  誰: '為了查詢您的訂單，請先讓我確認您的身分：請提供您的電子郵件，或您的名字、姓氏與郵遞區號。',
  哪些: '請問要退回哪些商品？請全部列出，或寫「全部」，我會準備退貨申請供您確認。',
  steps: 'Please try this, in order:\n1. Restart it.\n\nWrite which step helped, or “none of it helped”.',
  confirm:
    '**Return of #W1000003**\n\n- Refund: USD 20.00\n\nNothing is changed yet: please check the details above and confirm them if they are right.',
  確認: '**退貨 #W1000003**\n\n- 退款：USD 20.00\n\n目前尚未變更任何內容，請核對上方的明細，確認無誤後再按下確認。',
  product: '**Running Shoes**: USD 96.30; 8 of 8 variants in stock. color: black, lime.',
  person: 'I found no answer to this in our help pages. Shall I pass you on to a colleague?',
};

const saidBy = (agent: AgentKind | null, text: string): Said[] => [
  { author: 'CUSTOMER', text: 'hello', agent: null },
  { author: 'ASSISTANT', text, agent },
];
const decide = async (text: string, history: Said[]) => {
  const { routes, ...decision } = await route({ text, language: null, history, signal });
  return {
    ...decision,
    intents: routes.map(({ intent }) => intent).join(),
    excerpts: routes.map((each) => each.excerpt),
  };
};

describe('a short answer goes to the agent that asked', () => {
  test.each<[AgentKind, keyof typeof questions, string, string]>([
    ['ORDERS', 'who', 'ORDER', 'sorry, it is mara.quillby@example.com'],
    ['REFUNDS', 'who', 'REFUND', 'my email is mara.quillby@example.com'],
    ['REFUNDS', 'who', 'REFUND', "I'm Yuhan Starling, 110"],
    ['ORDERS', 'who', 'ORDER', 'my name is Mara Quillby and my zip is 97201'],
    ['ORDERS', '誰', 'ORDER', '我的信箱是 yuhan@example.com'],
    ['REFUNDS', '誰', 'REFUND', '不好意思，是 yuhan@example.com'],
    ['ORDERS', '誰', 'ORDER', '我叫林小星，郵遞區號 110'],
    ['REFUNDS', '誰', 'REFUND', '林小星 110'],
    ['TECHSUPPORT', 'who', 'TECHNICAL', 'Mara Quillby, 97201'],
    ['REFUNDS', 'who', 'REFUND', 'Mara Quillby, 97201, order #W1000003'],
    ['REFUNDS', 'whichItems', 'REFUND', 'all of it'],
    ['REFUNDS', 'whichItems', 'REFUND', 'the t-shirt and the lamp, back to my card'],
    ['REFUNDS', 'whichItems', 'REFUND', 'the windows one'],
    ['ORDERS', 'whichOrder', 'ORDER', 'the one with the earbuds'],
    ['ORDERS', 'whyCancel', 'ORDER', "I don't need it anymore"],
    ['ORDERS', 'whichItem', 'ORDER', 'brown, charge my visa'],
    ['ORDERS', 'whichItem', 'ORDER', 'with my visa'],
    ['ORDERS', 'whichItem', 'ORDER', '棕色，刷我的 Visa'],
    ['REFUNDS', '哪些', 'REFUND', '全部'],
    ['REFUNDS', '哪些', 'REFUND', '檯燈，退到信用卡'],
    ['ORDERS', '誰', 'ORDER', '有耳機的那一筆'],
    ['ORDERS', 'whichItem', 'ORDER', '登山靴換成 42 號'],
    ['REFUNDS', '哪些', 'REFUND', '#W1000003 的檯燈'],
    ['REFUNDS', 'whichOrder', 'REFUND', 'it is the order from last week'],
    ['REFUNDS', 'whichOrder', 'REFUND', '我的訂單編號是 #W1000003'],
    ['TECHSUPPORT', 'steps', 'TECHNICAL', 'that did not help'],
    ['FAQ', 'person', 'FAQ', 'ok'],
    ['FAQ', 'person', 'FAQ', '好的'],
    ['ORDERS', 'person', 'ORDER', 'Sure, thanks!'],
    ['TECHSUPPORT', 'steps', 'TECHNICAL', '試過了'],
    ['FAQ', 'person', 'FAQ', 'yes'],
    ['REFUNDS', 'confirm', 'REFUND', 'actually to the card instead'],
    ['ORDERS', 'confirm', 'ORDER', 'no make it 15'],
    ['ORDERS', 'confirm', 'ORDER', 'grey please'],
    ['ORDERS', 'confirm', 'ORDER', '8 Lake Road'],
    ['REFUNDS', '確認', 'REFUND', '不退了'],
    ['REFUNDS', '確認', 'REFUND', '改成信用卡'],
    ['ORDERS', '確認', 'ORDER', '還是改地址好了'],
    ['TECHSUPPORT', 'steps', 'TECHNICAL', 'tried it already, nothing'],
    ['TECHSUPPORT', 'steps', 'TECHNICAL', 'no i dont have an order number'],
  ])('%s, %s → %s: %s', async (agent, asked, intent, text) =>
    expect(await decide(text, saidBy(agent, questions[asked]))).toMatchObject({
      ...{ intents: intent, excerpts: [null], method: 'RULES', reason: 'answers what the agent asked' },
    }),
  );

  test('and bare data too, whatever the customer had spoken of before', async () => {
    const history = (agent: AgentKind): Said[] => [
      { author: 'CUSTOMER', text: 'cancel it and give me a refund' },
      { author: 'ASSISTANT', text: questions.who, agent },
    ];
    expect((await decide('mara.quillby@example.com', history('ORDERS'))).intents).toBe('ORDER');
    expect((await decide('mara.quillby@example.com', history('REFUNDS'))).intents).toBe('REFUND');
  });
});

test('a few words that say nothing alone go to whoever made the proposal that waits, also after an aside', async () => {
  const pending = [
    { proposalId: 'prp_1', agent: 'REFUNDS', intent: 'REFUND', kind: 'REQUEST_EXCHANGE', title: 'Exchange' },
  ].map((each) => ({ ...each, isAsked: true, isLastAsked: false })) as PendingAction[];
  const history = saidBy('FAQ', 'It takes 5–7 business days. [1]');
  const decision = await route({ text: 'grey please', language: null, history, pending, signal });
  expect(decision.routes).toMatchObject([{ intent: 'REFUND' }]);
});

test.each(['how much do i get back?', '會退多少？'])('and so does “%s” right after it', async (text) => {
  const pending = [
    { proposalId: 'prp_1', agent: 'REFUNDS', intent: 'REFUND', kind: 'REQUEST_RETURN', title: 'Return' },
  ].map((each) => ({ ...each, isAsked: true, isLastAsked: true })) as PendingAction[];
  const history = saidBy('REFUNDS', questions.confirm);
  const decision = await route({ text, language: null, history, pending, signal });
  expect(decision.routes).toMatchObject([{ intent: 'REFUND' }]);
});

test('where the money is to go is for who proposed, though another agent spoke last', async () => {
  const pending = [
    { proposalId: 'prp_1', agent: 'REFUNDS', intent: 'REFUND', kind: 'REQUEST_RETURN', title: 'Return' },
  ].map((each) => ({ ...each, isAsked: true, isLastAsked: true })) as PendingAction[];
  const history = saidBy('ORDERS', questions.whichOrder);
  const decision = await route({ text: 'actually to the card instead', language: null, history, pending, signal });
  expect(decision.routes).toMatchObject([{ intent: 'REFUND' }]);
});

describe('what is no answer goes where it wants to', () => {
  test.each<[AgentKind, keyof typeof questions, string, string]>([
    ['ORDERS', 'who', 'FAQ', 'What is your return policy?'],
    ['REFUNDS', 'whichItems', 'ORDER', 'Where is my order #W1000002?'],
    ['REFUNDS', 'whichItems', 'ORDER', 'cancel it'],
    ['REFUNDS', '哪些', 'ORDER', '取消 #W1000001'],
    ['REFUNDS', 'who', 'ORDER', 'cancel order 10001'],
    ['REFUNDS', 'whichOrder', 'ORDER', 'my parcel has not arrived'],
    ['ORDERS', 'whichItem', 'REFUND', '我要換貨 #W1000003'],
    ['REFUNDS', 'whichItems', 'FAQ', 'how long does a refund take?'],
    ['ORDERS', 'whichOrder', 'TECHNICAL', 'my earbuds do not connect'],
    ['ORDERS', 'whichOrder', 'REFUND', 'forget it, I want a refund'],
    ['ORDERS', '誰', 'REFUND', '我要退貨'],
    ['TECHSUPPORT', 'steps', 'REFUND', 'I want my money back'],
    ['FAQ', 'person', 'ORDER', 'where is my parcel'],
    ['ORDERS', 'who', 'HUMAN', 'a person please'],
    ['REFUNDS', 'whichItems', 'HUMAN', 'you are useless'],
    ['ORDERS', '誰', 'HUMAN', '太誇張了，我要客訴'],
    ['ORDERS', '誰', 'HUMAN', '我要找真人'],
    ['ORDERS', 'whichOrder', 'CHITCHAT', 'thank you'],
  ])('%s, %s → %s: %s', async (agent, asked, intent, text) =>
    expect((await decide(text, saidBy(agent, questions[asked]))).intents).toBe(intent),
  );

  test.each<[string, Said[]]>([
    ['nothing was said before', []],
    ['no agent said it', saidBy(null, questions.whichOrder)],
    ['the router asked what is meant', saidBy('ROUTER', questions.whichOrder)],
    ['nothing was asked', saidBy('ORDERS', 'Order #W1000002 is on its way.')],
    [
      'a person has written since',
      [...saidBy('ORDERS', questions.whichOrder), { author: 'STAFF', text: 'Which one?' }],
    ],
  ])('and nothing is an answer when %s', async (_, history) =>
    expect((await decide('the one with the earbuds', history)).reason).not.toBe('answers what the agent asked'),
  );

  test.each([
    'and in navy',
    'and in red size 42',
    'in lime, size 42?',
    '黑色的呢',
    'whats the price',
    'is the black one in stock',
  ])('options of the product that the FAQ agent spoke of go to it: %s', async (text) =>
    expect((await decide(text, saidBy('FAQ', questions.product))).intents).toBe('FAQ'),
  );

  test.each(['where do i send it?', 'what address do I post it to', '要寄到哪裡？', '退货寄去哪'])(
    'where goods go back to is for who took the return: %s',
    async (text) =>
      expect((await decide(text, saidBy('REFUNDS', 'The return of order #W1000003 is requested.'))).intents).toBe(
        'REFUND',
      ),
  );

  test('a comparison is no yes to the offer of a person', async () =>
    expect(await decide('which is cheapest, sneakers or running shoes', saidBy('FAQ', questions.person))).toMatchObject(
      {
        intents: 'FAQ',
        reason: expect.not.stringMatching('answers what the agent asked') as string,
      },
    ));

  test('nor is what is written while a person has the session', async () => {
    const history = saidBy('ORDERS', questions.whichOrder);
    const text = 'the one with the earbuds';
    const decision = await route({ text, language: null, history, sessionStatus: 'WITH_STAFF', signal });
    expect(decision.reason).not.toBe('answers what the agent asked');
  });
});
