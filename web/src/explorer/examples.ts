import { newKey } from '@supportgraph/client';
import { type GraphQLSchema, parse, validate } from 'graphql';
import type { SharedOperation } from './shareLink.js';

/** What the explorer has seen in answers, for the variables of the next example. */
export interface SeenIds {
  session: string | null;
  turn: string | null;
  order: string | null;
}

/** An operation to begin with. */
export interface Example {
  title: string;
  /** What it is good for, in a sentence. */
  text: string;
  query: string;
  variables?(seen: SeenIds): object;
}

const whoAmI: Example = {
  title: 'Who am I?',
  text: 'The role that the gateway takes you for, and what your key may do.',
  query: /* GraphQL */ `
    query WhoAmI {
      viewer {
        role
        scopes
      }
    }
  `,
};

const startSession: Example = {
  title: '1. Start a session',
  text: 'Opens a conversation. Visitors get a token for it, which they send from then on.',
  query: /* GraphQL */ `
    mutation StartSession($input: StartSessionInput!) {
      startSession(input: $input) {
        accessToken
        session {
          id
          status
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  variables: () => ({ input: { idempotencyKey: newKey(), channel: 'WEB', language: 'en' } }),
};

const sendMessage: Example = {
  title: '2. Send a message',
  text: 'Says something in the session. The turn is the work of answering it.',
  query: /* GraphQL */ `
    mutation SendMessage($input: SendMessageInput!) {
      sendMessage(input: $input) {
        turn {
          id
          status
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  variables: ({ session }) => ({
    input: { idempotencyKey: newKey(), sessionId: session ?? 'ses_…', text: 'What is your return policy?' },
  }),
};

const followReply: Example = {
  title: '3. Follow the reply',
  text: 'Every event of the turn from its start, while the reply is written. It ends by itself.',
  query: /* GraphQL */ `
    subscription FollowReply($turnId: ID!, $after: String) {
      turnEvents(turnId: $turnId, after: $after) {
        __typename
        cursor
        seq
        ... on TextDelta {
          partId
          offset
          text
        }
        ... on ToolCallUpdated {
          toolCall {
            label
            status
          }
        }
        ... on TurnFinished {
          turn {
            status
            reply {
              text
            }
          }
        }
      }
    }
  `,
  variables: ({ turn }) => ({ turnId: turn ?? 'trn_…', after: null }),
};

const followSession: Example = {
  title: 'Follow the whole session',
  text: 'Everything that happens in a session, until you stop it.',
  query: /* GraphQL */ `
    subscription FollowSession($sessionId: ID!, $after: String) {
      sessionEvents(sessionId: $sessionId, after: $after) {
        __typename
        cursor
        seq
        occurredAt
      }
    }
  `,
  variables: ({ session }) => ({ sessionId: session ?? 'ses_…', after: null }),
};

const awaitReply: Example = {
  title: 'Wait for the reply',
  text: 'For those who cannot subscribe: the whole reply once it is there.',
  query: /* GraphQL */ `
    query AwaitReply($turnId: ID!) {
      turn(id: $turnId) {
        settled(withinMs: 20000) {
          status
          reply {
            text
          }
        }
      }
    }
  `,
  variables: ({ turn }) => ({ turnId: turn ?? 'trn_…' }),
};

const searchFaqs: Example = {
  title: 'Search the FAQ',
  text: 'Entries that answer a question, the best first.',
  query: /* GraphQL */ `
    query SearchFaqs($query: String!, $language: LanguageTag) {
      searchFaqs(query: $query, language: $language, first: 3) {
        score
        excerpt
        faq {
          id
          question(language: $language)
        }
      }
    }
  `,
  variables: () => ({ query: 'How long can I return something?', language: 'en' }),
};

const products: Example = {
  title: 'Products with their variants',
  text: 'What the shop sells, a page at a time.',
  query: /* GraphQL */ `
    query Products($after: String) {
      products(first: 5, after: $after) {
        nodes {
          name
          variants(availableOnly: true) {
            id
            options {
              name
              value
            }
            price {
              amount
              currency
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  variables: () => ({ after: null }),
};

const orderWithItems: Example = {
  title: 'An order with its items',
  text: 'And what may still be done with it: one answer of three services. Only for whom the order is.',
  query: /* GraphQL */ `
    query OrderWithItems($number: String!) {
      orderByNumber(number: $number) {
        id
        number
        status
        total {
          amount
          currency
        }
        items {
          name
          price {
            amount
            currency
          }
        }
        fulfillments {
          trackingNumbers
        }
        availableActions
        refundEligibility {
          maxAmount {
            amount
            currency
          }
        }
      }
    }
  `,
  variables: () => ({ number: '#W1000001' }),
};

const requestRefund: Example = {
  title: 'Ask for a refund',
  text: 'Moves money! Sent twice with one key it is still one refund.',
  query: /* GraphQL */ `
    mutation RequestRefund($input: RequestRefundInput!) {
      requestRefund(input: $input) {
        refund {
          id
          status
          amount {
            amount
            currency
          }
        }
        userErrors {
          code
          message
          field
        }
      }
    }
  `,
  variables: ({ order }) => ({
    input: { idempotencyKey: newKey(), orderId: order ?? 'ord_…', amount: '1.00', reason: 'Arrived damaged' },
  }),
};

const waitingRefunds: Example = {
  title: 'Refunds that wait for approval',
  text: 'For staff: the newest ones, with the order and the customer of each.',
  query: /* GraphQL */ `
    query WaitingRefunds($status: [RefundStatus!]) {
      refunds(filter: { status: $status }, first: 10) {
        nodes {
          id
          reason
          createdAt
          amount {
            amount
            currency
          }
          order {
            number
            customer {
              displayName
            }
          }
        }
      }
    }
  `,
  variables: () => ({ status: ['PENDING_APPROVAL'] }),
};

const newestOrders: Example = {
  title: 'The newest orders',
  text: 'For staff: orders of all customers.',
  query: /* GraphQL */ `
    query NewestOrders($after: String) {
      orders(first: 10, after: $after) {
        nodes {
          number
          status
          placedAt
          customer {
            displayName
          }
          total {
            amount
            currency
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  variables: () => ({ after: null }),
};

const previewRoute: Example = {
  title: 'How a message would be routed',
  text: 'For staff: the intents and agents that a message is taken for, without answering it.',
  query: /* GraphQL */ `
    query PreviewRoute($text: String!) {
      previewRoute(text: $text) {
        method
        latencyMs
        routes {
          intent
          agent
          confidence
          excerpt
        }
      }
    }
  `,
  variables: () => ({ text: 'Where is my order, and can I still return it?' }),
};

const usageByAgent: Example = {
  title: 'What the agents cost',
  text: 'For operators: model calls, tokens and money of the last week, by agent.',
  query: /* GraphQL */ `
    query UsageByAgent($from: DateTime!) {
      usage(from: $from, groupBy: [AGENT]) {
        costPerTurn {
          amount
          currency
        }
        total {
          modelCalls
          outputTokens
          cost {
            amount
            currency
          }
        }
        groups {
          keys {
            value
          }
          usage {
            modelCalls
            cost {
              amount
              currency
            }
          }
        }
      }
    }
  `,
  variables: () => ({ from: new Date(Date.now() - 7 * 24 * 3_600_000).toISOString() }),
};

/** All examples, in the order of the menu. Each is valid for those who may know what it asks for. */
export const examples: readonly Example[] = [
  whoAmI,
  ...[startSession, sendMessage, followReply, followSession, awaitReply],
  ...[searchFaqs, products, orderWithItems, requestRefund],
  ...[waitingRefunds, newestOrders, previewRoute, usageByAgent],
];

/** Those that a schema has everything for. */
export function examplesFor(schema: GraphQLSchema): readonly Example[] {
  return examples.filter(({ query }) => validate(schema, parse(query)).length === 0);
}

/** An example as it is put into a tab. */
export function operationOf({ query, variables }: Example, seen: SeenIds): SharedOperation {
  const filled = variables?.(seen);
  return { query: undented(query), variables: filled ? JSON.stringify(filled, null, 2) : '', operationName: null };
}

/** The text of an operation as it would stand in a file of its own. */
function undented(text: string): string {
  const indent = /^\n*( *)/.exec(text)![1]!;
  return `${text.replaceAll(`\n${indent}`, '\n').trim()}\n`;
}

/** What is known after an answer: the first of each kind in it, or what was known before. */
export function seenIn(result: object, before: SeenIds): SeenIds {
  const text = JSON.stringify(result);
  const find = (prefix: string) => new RegExp(`"(${prefix}_[\\w-]+)"`).exec(text)?.[1];
  return {
    session: find('ses') ?? before.session,
    turn: find('trn') ?? before.turn,
    order: find('ord') ?? before.order,
  };
}
