import { afterAll, beforeAll, expect, test } from 'vitest';
import { visit, type Visitor } from './support/client.js';
import { hostings, openSite, type Hosted, type Site } from './support/hosting.js';

let site: Site;
let hosted: Hosted;
beforeAll(async () => {
  const deliveredAt = new Date(Date.now() - 864e5).toISOString();
  site = await openSite([
    { number: '#W1000001', status: 'DELIVERED', deliveredAt },
    { number: '#W1000002', status: 'DELIVERED', deliveredAt },
  ]);
  hosted = await hostings['in one process, streams in memory']!(site);
});
afterAll(async () => {
  await hosted.stop();
  await site.close();
});

async function visitorWhoIs(email: string): Promise<Visitor> {
  const visitor = await visit(hosted.url);
  await visitor.run(
    'mutation ($input: VerifyCustomerInput!) { verifyCustomer(input: $input) { userErrors { code } } }',
    {
      input: { idempotencyKey: 'verify', sessionId: visitor.sessionId, email },
    },
  );
  return visitor;
}

const ask = /* GraphQL */ `
  mutation ($return: RequestReturnInput!, $exchange: RequestExchangeInput!) {
    requestReturn(input: $return) {
      orderReturn {
        id
      }
    }
    requestExchange(input: $exchange) {
      orderExchange {
        id
      }
    }
  }
`;
const fetchBoth = /* GraphQL */ `
  query ($return: ID!, $exchange: ID!) {
    one: node(id: $return) {
      ... on OrderReturn {
        status
        order {
          number
        }
      }
    }
    other: node(id: $exchange) {
      ... on OrderExchange {
        status
        order {
          number
        }
      }
    }
  }
`;

test('a return and an exchange are fetched by their ids, by the customer whose they are', async () => {
  const ann = await visitorWhoIs('ann@example.com');
  const asked = await ann.run<{
    requestReturn: { orderReturn: { id: string } };
    requestExchange: { orderExchange: { id: string } };
  }>(ask, {
    return: {
      idempotencyKey: 'r',
      orderId: 'ord_W1000001',
      orderItemIds: ['itm_W1000001_0'],
      paymentMethodId: 'pay_card',
    },
    exchange: {
      ...{ idempotencyKey: 'e', orderId: 'ord_W1000002', paymentMethodId: 'pay_card' },
      changes: [{ orderItemId: 'itm_W1000002_0', newVariantId: 'var_red' }],
    },
  });
  const ids = { return: asked.requestReturn.orderReturn.id, exchange: asked.requestExchange.orderExchange.id };
  expect(await ann.run(fetchBoth, ids)).toEqual({
    one: { status: 'REQUESTED', order: { number: '#W1000001' } },
    other: { status: 'REQUESTED', order: { number: '#W1000002' } },
  });
  const bob = await visitorWhoIs('bob@example.com');
  expect((await bob.ask(fetchBoth, ids)).data).toEqual((await bob.ask(fetchBoth, { return: 'ret_none', exchange: 'exc_none' })).data); // prettier-ignore
});
