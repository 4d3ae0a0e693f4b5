import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, followOnce, visit, type Visitor } from './support/client.js';
import { partner } from './support/credentials.js';
import { hostings, openSite, type Hosted, type Site } from './support/hosting.js';

let site: Site;
beforeAll(async () => {
  site = await openSite([
    { number: '#W1000001', status: 'PENDING', items: ['blue', 'mug'] },
    { number: '#W1000002', status: 'DELIVERED', deliveredAt: new Date(Date.now() - 864e5).toISOString() },
  ]);
});
afterAll(() => site.close());

const turnOf = /* GraphQL */ `
  query ($id: ID!) {
    turn(id: $id) {
      id
      request {
        text
        author {
          kind
          displayName
        }
      }
      settled(withinMs: 25000) {
        status
        failure {
          code
        }
        routes {
          intent
          agent
          excerpt
        }
        toolCalls {
          name
          status
        }
        reply {
          id
          text
          status
          parts {
            __typename
            index
            agent
            ... on OrderPart {
              order {
                number
                status
                total {
                  amount
                  currency
                }
                customer {
                  firstName
                }
                items {
                  name
                  price {
                    amount
                  }
                }
                returnEligibility {
                  isEligible
                }
              }
            }
            ... on TextPart {
              citations {
                number
                title
                faq {
                  slug
                }
              }
            }
          }
        }
      }
    }
  }
`;
const sendAnything = /* GraphQL */ `
  mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        id
      }
      turn {
        id
      }
      userErrors {
        __typename
        code
        message
        field
      }
    }
  }
`;

const closeSession = /* GraphQL */ `
  mutation ($input: CloseSessionInput!) {
    closeSession(input: $input) {
      session {
        status
      }
      userErrors {
        code
      }
    }
  }
`;

async function identify(visitor: Visitor, email: string): Promise<unknown> {
  return visitor.run(
    'mutation ($input: VerifyCustomerInput!) { verifyCustomer(input: $input) { session { customer { firstName } } userErrors { code } } }',
    { input: { idempotencyKey: 'verify', sessionId: visitor.sessionId, email } },
  );
}

async function turn(visitor: Visitor, text: string): Promise<unknown> {
  const { turnId } = await visitor.send(text);
  const answer = await visitor.ask(turnOf, { id: turnId });
  // Agents work at the same time: which of them uses its tools first is chance.
  const { turn: told } = answer.data as { turn: { settled: { toolCalls: { name: string }[] } } };
  told.settled.toolCalls.sort((a, b) => a.name.localeCompare(b.name));
  return answer;
}

/** What clients do. Each journey answers all that it was told; ids and times are made alike afterwards. */
const journeys: Record<string, (url: string) => Promise<unknown>> = {
  async 'a question of the FAQ and one on an order in one message'(url) {
    const visitor = await visit(url);
    return [
      await identify(visitor, 'ann@example.com'),
      await turn(visitor, 'What is your return policy and where is my order #W1000001?'),
    ];
  },
  async 'an order in Chinese'(url) {
    const visitor = await visit(url, 'zh-TW');
    return [await identify(visitor, 'ann@example.com'), await turn(visitor, '訂單 #W1000002 到哪了？')];
  },
  async 'an unknown order, and the order of another'(url) {
    const visitor = await visit(url);
    await identify(visitor, 'bob@example.com');
    const byNumber =
      '{ none: orderByNumber(number: "#W9999999") { id } other: orderByNumber(number: "#W1000001") { id } }';
    return [
      await visitor.ask(byNumber),
      await turn(visitor, 'Where is #W9999999?'),
      await turn(visitor, 'Where is #W1000001?'),
    ];
  },
  async 'messages that are refused'(url) {
    const visitor = await visit(url);
    const { sessionId } = visitor;
    await visitor.send('Hello', 'one');
    const inputs = [
      { idempotencyKey: 'two', sessionId: 'ses_unknown', text: 'Hello' },
      { idempotencyKey: 'two', sessionId: '../etc', text: 'Hello' },
      { idempotencyKey: 'two', sessionId, text: '' },
      { idempotencyKey: 'two', sessionId, text: ' \n ' },
      { idempotencyKey: 'two', sessionId, text: 'x'.repeat(8_001) },
      { idempotencyKey: 'one', sessionId, text: 'Something else' },
      { idempotencyKey: '', sessionId, text: 'Hello' },
    ];
    const answers: unknown[] = [];
    for (const input of inputs) answers.push(await visitor.ask(sendAnything, { input }));
    return [answers, await visitor.ask(`{ session(id: "${sessionId}") { turns(first: 9) { nodes { status } } } }`)];
  },
  async 'a closed session'(url) {
    const visitor = await visit(url);
    const { sessionId } = visitor;
    return [
      await visitor.ask(closeSession, { input: { sessionId } }),
      await visitor.ask(sendAnything, { input: { idempotencyKey: 'late', sessionId, text: 'Hello?' } }),
    ];
  },
  async 'a person is asked for'(url) {
    const visitor = await visit(url);
    const answer = await turn(visitor, 'I want to talk to a person');
    const { sessionId } = visitor;
    const waiting = await visitor.ask(`{ session(id: "${sessionId}") { status handoff { status reason } } }`);
    // Else the next who asks would be second in the queue.
    await visitor.run(closeSession, { input: { sessionId } });
    return [answer, waiting];
  },
  async 'a partner with a key, as far as its scopes go'(url) {
    const who = await partner(site, url, ['sessions:write', 'customers:assert', 'orders:read']);
    const { startSession } = await who.run<{ startSession: { session: { id: string } } }>(
      'mutation ($input: StartSessionInput!) { startSession(input: $input) { session { id } } }',
      { input: { idempotencyKey: 'partner', channel: 'API', customerId: 'cus_ann' } },
    );
    const { id: sessionId } = startSession.session;
    const { sendMessage } = await who.run<{ sendMessage: { turn: { id: string } } }>(sendAnything, {
      input: { idempotencyKey: 'partner', sessionId, text: 'Where is my order #W1000001?' },
    });
    const { turn: told } = await who.run<{ turn: { settled: { status: string; reply: { status: string } } } }>(turnOf, {
      id: sendMessage.turn.id,
    });
    const wish = { idempotencyKey: 'partner', orderId: 'ord_W1000001', reason: 'NO_LONGER_NEEDED' };
    return [
      await who.ask('{ viewer { role scopes } }'),
      [told.settled.status, told.settled.reply.status],
      await who.ask(`{ session(id: "${sessionId}") { customer { orders { nodes { number status } } } } }`),
      await who.ask('{ own: order(id: "ord_W1000001") { number } none: order(id: "ord_none") { number } }'),
      await who.ask('mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { id } } }', {
        input: wish,
      }),
      await who.ask('{ searchFaqs(query: "return") { score } }'),
      await who.ask('{ apiClients { nodes { id } } }'),
    ];
  },
  async 'operations that are wrong'(url) {
    const nobody = caller(url);
    return [
      await nobody.ask('{ nothing }'),
      await nobody.ask('{'),
      await nobody.ask('query ($id: ID!) { turn(id: $id) { id } }', {}),
      await nobody.ask('{ searchFaqs(query: "return", first: 1000) { score } }'),
      await nobody.ask('{ orders { nodes { id } } }'),
    ];
  },
  async 'the events of a reply'(url) {
    const visitor = await visit(url);
    const { turnId } = await visitor.send('Which payment methods do you take?');
    const types: string[] = [];
    const { turn: told } = await visitor.run<{ turn: { streamCursor: string } }>(
      `{ turn(id: "${turnId}") { streamCursor } }`,
    );
    await followOnce(url, visitor, told.streamCursor, (event) => {
      // That a message was stored is told beside the turn, sooner or later.
      const isOfTurn = !['MessageAdded', 'SessionUpdated'].includes(event.__typename);
      if (isOfTurn && types.at(-1) !== event.__typename) types.push(event.__typename);
      return event.__typename === 'TurnFinished';
    });
    return types;
  },
};

/** Ids and times by what they are, so that two runs can be compared. */
function alike(told: unknown): unknown {
  const text = JSON.stringify(told)
    .replaceAll(/\b(ses|msg|trn|tlc|prp|hof|prt)_[0-9a-z]+/g, '$1_…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\d{4}年\d+月\d+日/g, '<date>')
    .replaceAll(/"requestId":"[^"]+"/g, '"requestId":"…"');
  return JSON.parse(text);
}

const first = Object.keys(hostings)[0]!;
const told = new Map<string, Map<string, unknown>>();

describe.each(Object.entries(hostings))('hosted %s', (name, start) => {
  let hosted: Hosted;
  beforeAll(async () => {
    hosted = await start(site);
    told.set(name, new Map());
  });
  afterAll(() => hosted.stop());

  test.each(Object.entries(journeys))('%s: the same data and the same errors', async (journey, travel) => {
    const answer = alike(await travel(hosted.url));
    told.get(name)!.set(journey, answer);
    expect(JSON.stringify(answer)).not.toContain('INTERNAL');
    if (name === first) expect(answer).toMatchSnapshot();
    else expect(answer).toEqual(told.get(first)!.get(journey));
  });
});
