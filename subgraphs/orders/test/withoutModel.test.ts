import { modelBreakers, modelClient } from '@supportgraph/agent';
import { playedScripts, routeJob } from '@supportgraph/agent/testing';
import type { RouteJob } from '@supportgraph/conversation';
import { nobody, silent, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRoutes } from '../src/agent/answer.js';
import { shopFile } from './shop.js';
import { startWorld, type World } from './world.js';

const ann: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_ann' };
const away = playedScripts({ '*': [{ status: 529 }] });

let world: World;
beforeAll(async () => {
  world = await startWorld(shopFile());
});
afterAll(() => world.close());

const breakers = modelBreakers({ failures: 1 });

async function ask(text: string, language: 'en' | 'zh-Hant') {
  const { commerce, conversation } = world;
  const models = {
    client: modelClient({ fetch: away.fetch }),
    names: { small: ['a', 'b'], middle: ['a', 'b'], large: ['a', 'b'] } as const,
    ...{ isRemote: true, answersWithoutModel: true, breakers },
  };
  const deps = { commerce, conversation, clock: commerce.deps.clock, models, recordUse: () => {}, log: silent };
  const job = routeJob(text, { viewer: ann, language });
  // A job of a test has what the handler reads of a route's.
  const outcome = await answerRoutes(deps)({ ...job, agent: 'ORDERS', intent: 'ORDER' } as unknown as RouteJob);
  return { outcome, text: job.writer.written };
}

describe('while every model is overloaded', () => {
  test('a question about an order is looked up, and the customer is told how, in English', async () => {
    const { outcome, text } = await ask('What is the status of #W1000002?', 'en');
    expect(outcome).toEqual({ kind: 'answered' });
    expect(text).toMatch(/^Our assistant cannot be reached just now, so this is an automatic answer\.\n\n.*#W1000002/s);
    expect(away.requests).toHaveLength(2);
  });

  test('and in Chinese, at once, as the breakers are open', async () => {
    const { outcome, text } = await ask('#W1000002 的狀態？', 'zh-Hant');
    expect(outcome).toEqual({ kind: 'answered' });
    expect(text).toMatch(/^智慧助理目前無法使用，以下為自動回覆。\n\n.*#W1000002/s);
    expect(away.requests).toHaveLength(2);
  });
});
