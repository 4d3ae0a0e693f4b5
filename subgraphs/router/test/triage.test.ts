import { modelClient, offlineModels, type ModelAccess } from '@supportgraph/agent';
import { scriptedModel, type ScriptedModel, type ScriptStep } from '@supportgraph/agent/testing';
import type { Said } from '@supportgraph/conversation';
import { silent } from '@supportgraph/kernel';
import { describe, expect, test } from 'vitest';
import { localClassifier } from '../src/domain/localClassifier.js';
import { makeLikenessCache } from '../src/likenessCache.js';
import { messageRouting, type MessageToRoute } from '../src/routeMessage.js';
import { offlineRouting } from '../training/offlineRouting.js';

const { signal } = new AbortController();
const asMessage = (text: string, more: Partial<MessageToRoute> = {}): MessageToRoute => ({
  ...{ text, language: null, history: [], signal },
  ...more,
});
const intentsOf = ({ routes }: { routes: readonly { intent: string }[] }) => routes.map(({ intent }) => intent).join();

describe('a message goes where it wants to', () => {
  const route = offlineRouting();
  test.each([
    ['ORDER', 'Where is my order #W2378156?'],
    ['ORDER', 'still nothing in my mailbox after two weeks'],
    ['ORDER', '请帮我取消订单W2378156'],
    ['ORDER', '包裹到哪裡了？'],
    ['REFUND', 'refund?'],
    ['REFUND', 'The lamp came broken, I want my money back'],
    ['REFUND', '我想退貨，外套太大了'],
    ['REFUND', '退款什么时候到账'],
    ['TECHNICAL', "I can't log in to my account"],
    ['TECHNICAL', '我的耳機連不上藍牙'],
    ['TECHNICAL', '付款一直失败'],
    ['FAQ', 'What is your return policy?'],
    ['FAQ', '你們接受哪些付款方式？'],
    ['FAQ', '怎么注册账号'],
    ['FAQ', '怎么退货'],
    ['FAQ', 'delete my account please'],
    ['FAQ', '我想刪除我的帳號'],
    ['FAQ', 'who can see this chat'],
    ['HUMAN', 'I want to speak to a human'],
    ['HUMAN', 'This is ridiculous, I want to file a complaint!'],
    ['HUMAN', '我要投訴，太誇張了！'],
    ['HUMAN', '转人工'],
    ['CHITCHAT', 'Hi there!'],
    ['CHITCHAT', '謝謝你的幫忙'],
    ['UNKNOWN', 'asdf qwer zxcv'],
    ['ORDER,FAQ', "Where is my order? And what's your return policy?"],
    ['TECHNICAL,ORDER', "I can't log in. Also, please cancel my order #W2378156."],
    ['ORDER,FAQ', '我的訂單在哪裡？另外，退貨政策是什麼？'],
  ])('%s: %s', async (intents, text) => expect(intentsOf(await route(asMessage(text)))).toBe(intents));

  test('and excerpts are the customer’s own words, with entities beside them', async () => {
    const text = 'Where is my order #W2378156? And what is your return policy?';
    const { routes, entities } = await route(asMessage(text));
    expect(routes.map(({ excerpt }) => excerpt)).toEqual([
      'Where is my order #W2378156?',
      'And what is your return policy?',
    ]);
    expect(entities).toEqual([{ name: 'order_number', value: '#W2378156' }]);
  });
});

/** Triage that asks this model when it has to. */
function routing(model: ScriptedModel, access: Partial<ModelAccess> = {}) {
  return messageRouting({
    models: { client: modelClient({ fetch: model.fetch }), names: offlineModels, ...access },
    classifier: localClassifier,
    ...{ cache: makeLikenessCache(), recordUse: () => {}, log: silent },
  });
}

/** A wish as the model names it. */
const wish = (intent: string, excerpt: string | null = null, confidence = 0.9) => ({ intent, excerpt, confidence });

describe('who decides', () => {
  const withModel = (...script: ScriptStep[]) => {
    const model = scriptedModel(...script);
    return { route: routing(model), calls: () => model.requests.length };
  };
  const refuses = { status: 400 } as const;
  const away = () => withModel(refuses, refuses, refuses);
  const before: Said[] = [{ author: 'CUSTOMER', text: 'I want to return the lamp' }];

  test('the classifier, without a model, when it is sure', async () => {
    const { route, calls } = away();
    expect(await route(asMessage('Where is my order #W2378156?'))).toMatchObject({ method: 'CLASSIFIER', model: null });
    expect(calls()).toBe(0);
  });

  test('the cache, when a message differs in case, script, punctuation or order number only', async () => {
    const { route } = away();
    await route(asMessage('Where is my order #W2378156? And do you ship to Canada?'));
    const like = await route(asMessage('WHERE IS MY ORDER #W9999999?? and do you ship to canada'));
    expect(like).toMatchObject({ method: 'CACHE', entities: [{ name: 'order_number', value: '#W9999999' }] });
    expect(like.routes.map(({ intent, excerpt }) => [intent, excerpt])).toEqual([
      ['ORDER', 'WHERE IS MY ORDER #W9999999??'],
      ['FAQ', 'and do you ship to canada'],
    ]);
    await route(asMessage('我的訂單 #W1000001 在哪裡？'));
    expect((await route(asMessage('我的订单 #W1000002 在哪里'))).method).toBe('CACHE');
    expect((await route(asMessage('Where is my parcel #W2378156?'))).method).toBe('CLASSIFIER');
  });

  test('not the cache while something waits for a yes or no or a person has the session', async () => {
    const { route } = away();
    const text = 'Where is my order #W2378156?';
    await route(asMessage(text));
    const asked = { title: 'Cancel', isAsked: true, isLastAsked: true };
    const pending = [
      { proposalId: 'prp_1', agent: 'ORDERS', intent: 'ORDER', kind: 'CANCEL_ORDER', ...asked },
    ] satisfies MessageToRoute['pending'];
    expect((await route(asMessage(text, { pending }))).method).toBe('CLASSIFIER');
    expect((await route(asMessage(text, { sessionStatus: 'WITH_STAFF' }))).method).toBe('CLASSIFIER');
    expect((await route(asMessage(text))).method).toBe('CACHE');
  });

  test('the model, when a message leans on what was said before', async () => {
    const wishes = [{ intent: 'REFUND', confidence: 0.9, excerpt: null }];
    const { route, calls } = withModel({ say: JSON.stringify({ wishes, reason: 'the lamp' }) });
    const decided = await route(asMessage('please cancel it', { history: before }));
    expect(decided).toMatchObject({ method: 'MODEL', routes: [{ intent: 'REFUND' }] });
    expect(calls()).toBe(1);
  });

  test.each([
    {
      what: 'an intent named twice is one route, from its first to its last words',
      said: [
        wish('REFUND', 'that one is broken'),
        wish('FAQ', 'do you ship to Malta'),
        wish('REFUND', 'and the other too'),
      ],
      routes: [
        ['REFUND', 0.9, 'that one is broken, do you ship to Malta, and the other too'],
        ['FAQ', 0.9, 'do you ship to Malta'],
      ],
    },
    {
      what: 'more intents than are answered: the first ones',
      said: [wish('REFUND'), wish('FAQ'), wish('ORDER'), wish('TECHNICAL')],
      routes: [
        ['REFUND', 0.9, null],
        ['FAQ', 0.9, null],
        ['ORDER', 0.9, null],
      ],
    },
    {
      what: 'a person is never the one that is left out',
      said: [wish('REFUND'), wish('FAQ'), wish('ORDER'), wish('HUMAN')],
      routes: [
        ['REFUND', 0.9, null],
        ['FAQ', 0.9, null],
        ['HUMAN', 0.9, null],
      ],
    },
    {
      what: 'small talk and what is not clear are nothing beside a wish, nor is what the model is not sure of',
      said: [
        wish('CHITCHAT', 'hello'),
        wish('UNKNOWN'),
        wish('ORDER', null, 0.39),
        wish('FAQ', 'do you ship to Malta'),
      ],
      routes: [['FAQ', 0.9, 'do you ship to Malta']],
    },
    {
      what: 'words that the customer did not write: the whole message',
      said: [wish('REFUND', 'pay me 1,000'), wish('FAQ', 'do you ship to Malta', 0.6), wish('FAQ', 'to Mars')],
      routes: [
        ['REFUND', 0.9, null],
        ['FAQ', 0.6, null],
      ],
    },
    { what: 'small talk alone', said: [wish('CHITCHAT'), wish('UNKNOWN')], routes: [['CHITCHAT', 0.9, null]] },
    { what: 'nothing that it is sure of: asked back', said: [wish('FAQ', null, 0.2)], routes: [['UNKNOWN', 0, null]] },
    { what: 'nothing at all: asked back', said: [], routes: [['UNKNOWN', 0, null]] },
  ])('the model’s wishes: $what', async ({ said, routes }) => {
    const { route } = withModel({ say: JSON.stringify({ wishes: said, reason: 'as it says' }) });
    const text = 'hello, that one is broken, do you ship to Malta, and the other too';
    const decided = await route(asMessage(text, { history: before }));
    expect(decided.routes.map(({ intent, confidence, excerpt }) => [intent, confidence, excerpt])).toEqual(routes);
  });

  test('a model of somebody else reads no personal data, and its words are the customer’s again', async () => {
    const wishes = [wish('ORDER', 'send it to ⟦email_1⟧'), wish('FAQ', 'do you ship to Malta')];
    const model = scriptedModel({ say: JSON.stringify({ wishes, reason: 'as it says' }) });
    const route = routing(model, { isRemote: true });
    const text = 'and send it to ann@example.com please. do you ship to Malta';
    const decided = await route(asMessage(text, { history: before }));
    expect(JSON.stringify(model.requests[0])).not.toContain('ann@example.com');
    expect(decided.routes.map(({ excerpt }) => excerpt)).toEqual([
      'send it to ann@example.com',
      'do you ship to Malta',
    ]);
  });

  test('the classifier’s guess, when it is not sure and no model can be asked', async () => {
    const { route } = away();
    const guess = await route(asMessage('cancel', { history: before }));
    expect(guess).toMatchObject({ method: 'CLASSIFIER', routes: [{ intent: 'ORDER' }] });
    expect(guess.reason).toContain('best guess');
  });

  test('the fallback, when no model can be asked and nobody knows', async () => {
    const { route } = away();
    expect(await route(asMessage('zorp wibble frood'))).toMatchObject({
      method: 'FALLBACK',
      routes: [{ intent: 'UNKNOWN', agent: 'ROUTER' }],
    });
  });
});

describe('the cache of like messages', () => {
  const decision = { routes: [], confidence: 1 };
  test('forgets the decision that was not asked for longest', () => {
    const cache = makeLikenessCache({ size: 2 });
    cache.set('a', decision);
    cache.set('b', decision);
    cache.get('a');
    cache.set('c', decision);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([decision, null, decision]);
  });

  test('forgets decisions that are too old', () => {
    let now = 0;
    const cache = makeLikenessCache({ maxAgeMs: 100, clock: () => now });
    cache.set('a', decision);
    now = 100;
    expect(cache.get('a')).toEqual(decision);
    now = 101;
    expect(cache.get('a')).toBeNull();
  });
});
