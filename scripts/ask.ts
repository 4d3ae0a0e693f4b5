/**
 * Talks to a running platform: `npm run --silent ask -- "Where is #W1000002?" --email mara.quillby@example.com`.
 * With `-i` it goes on with a line of stdin after another; `--session TOKEN` goes on with an earlier conversation.
 */
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { environment } from '../supergraph/src/config.js';
import { askGraph, type AskGraph } from './askGraph.js';
import { Refusal, runCommand } from './command.js';
import { replyPrinter } from './replyPrinter.js';

const usage = 'npm run --silent ask -- "TEXT" [--email ADDRESS] [--session TOKEN] [-i]';

interface Wish {
  text: string | null;
  email: string | undefined;
  session: string | undefined;
  /** Whether more is asked, line by line. */
  goesOn: boolean;
}

function readWish(args: readonly string[]): Wish {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      email: { type: 'string' },
      session: { type: 'string' },
      interactive: { type: 'boolean', short: 'i', default: process.stdin.isTTY },
    },
    allowPositionals: true,
  });
  const text = positionals.join(' ').trim() || null;
  if (!text && !values.interactive) throw new Refusal(`Say what to ask.\n${usage}`);
  return { text, email: values.email, session: values.session, goesOn: values.interactive };
}

interface Payload {
  userErrors: readonly { message: string }[];
}

function granted<P extends Payload>(payload: P): P {
  const [error] = payload.userErrors;
  if (error) throw new Refusal(error.message);
  return payload;
}

interface Conversation {
  sessionId: string;
  accessToken: string;
}

/** A visitor's token names its session: `sgs_<session id>_<signature>`. */
function resume(graph: AskGraph, accessToken: string): Conversation {
  const sessionId = /^sgs_(ses_.+)_.{43}$/.exec(accessToken)?.[1];
  if (!sessionId) throw new Refusal('--session must be the token that an earlier conversation ended with.');
  graph.authorize(accessToken);
  return { sessionId, accessToken };
}

async function begin(graph: AskGraph): Promise<Conversation> {
  const document = /* GraphQL */ `
    mutation StartSession($input: StartSessionInput!) {
      startSession(input: $input) {
        accessToken
        session {
          id
        }
        userErrors {
          message
        }
      }
    }
  `;
  type Started = { startSession: Payload & { accessToken: string; session: { id: string } } };
  const { startSession } = await graph.run<Started>(document, { input: { idempotencyKey: randomUUID() } });
  const { accessToken, session } = granted(startSession);
  graph.authorize(accessToken);
  return { sessionId: session.id, accessToken };
}

async function verify(graph: AskGraph, { sessionId }: Conversation, email: string): Promise<void> {
  const document = /* GraphQL */ `
    mutation VerifyCustomer($input: VerifyCustomerInput!) {
      verifyCustomer(input: $input) {
        userErrors {
          message
        }
      }
    }
  `;
  const input = { idempotencyKey: randomUUID(), sessionId, email };
  granted((await graph.run<{ verifyCustomer: Payload }>(document, { input })).verifyCustomer);
}

/** Sends a message; the id of the turn that answers it, or null if a person will. */
async function send(graph: AskGraph, { sessionId }: Conversation, text: string): Promise<string | null> {
  const document = /* GraphQL */ `
    mutation SendMessage($input: SendMessageInput!) {
      sendMessage(input: $input) {
        turn {
          id
        }
        userErrors {
          message
        }
      }
    }
  `;
  const input = { idempotencyKey: randomUUID(), sessionId, text };
  type Sent = { sendMessage: Payload & { turn: { id: string } | null } };
  return granted((await graph.run<Sent>(document, { input })).sendMessage).turn?.id ?? null;
}

const turnEvents = /* GraphQL */ `
  subscription FollowTurn($turnId: ID!) {
    turnEvents(turnId: $turnId) {
      __typename
      ... on PartStarted {
        partId
        index
      }
      ... on TextDelta {
        partId
        offset
        text
      }
      ... on PartRemoved {
        partId
      }
      ... on TurnFinished {
        turn {
          status
          failure {
            message
          }
          reply {
            parts {
              __typename
              id
              index
              ... on TextPart {
                text
                citations {
                  number
                  title
                }
              }
              ... on OrderPart {
                order {
                  number
                  status
                  total {
                    amount
                    currency
                  }
                }
              }
              ... on ActionPart {
                proposal {
                  title
                  lines {
                    label
                    value
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;

type Part = { id: string; index: number } & (
  | { __typename: 'TextPart'; text: string; citations: readonly { number: number; title: string }[] }
  | {
      __typename: 'OrderPart';
      order: { number: string; status: string; total: { amount: string; currency: string } } | null;
    }
  | { __typename: 'ActionPart'; proposal: { title: string; lines: readonly { label: string; value: string }[] } }
);
interface EndedTurn {
  status: string;
  failure: { message: string } | null;
  reply: { parts: readonly Part[] } | null;
}
type TurnEvent =
  | { __typename: 'PartStarted'; partId: string; index: number }
  | { __typename: 'TextDelta'; partId: string; offset: number; text: string }
  | { __typename: 'PartRemoved'; partId: string }
  | { __typename: 'TurnFinished'; turn: EndedTurn };

/** Shows the answer of a turn as it is written. */
async function answer(graph: AskGraph, turnId: string): Promise<void> {
  const printer = replyPrinter((text) => void process.stdout.write(text));
  for await (const { turnEvents: event } of graph.follow<{ turnEvents: TurnEvent }>(turnEvents, { turnId })) {
    switch (event.__typename) {
      case 'PartStarted':
        printer.start(event.partId, event.index);
        break;
      case 'TextDelta':
        printer.add(event.partId, event.offset, event.text);
        break;
      case 'PartRemoved':
        printer.remove(event.partId);
        break;
      case 'TurnFinished':
        return finish(event.turn);
    }
  }
  throw new Refusal('The connection ended before the answer did.');

  function finish({ status, failure, reply }: EndedTurn): void {
    const parts = reply?.parts ?? [];
    for (const part of parts) if (part.__typename === 'TextPart') printer.complete(part.id, part.text);
    printer.end();
    for (const line of parts.flatMap(linesOf)) console.log(line);
    if (failure) throw new Refusal(failure.message);
    if (status === 'HANDED_OFF') console.log('[handoff] A person will go on with this conversation.');
  }
}

/** What is not text, a line each. */
function linesOf(part: Part): string[] {
  switch (part.__typename) {
    case 'TextPart':
      return part.citations.map(({ number, title }) => `[${number}] ${title}`);
    case 'OrderPart': {
      const { order } = part;
      return order ? [`[order] ${order.number}, ${order.status}, ${order.total.amount} ${order.total.currency}`] : [];
    }
    case 'ActionPart': {
      const { title, lines } = part.proposal;
      return [`[proposal] ${[title, ...lines.map(({ label, value }) => `${label}: ${value}`)].join('; ')}`];
    }
    default:
      // A kind of part that came after this program.
      return [];
  }
}

async function say(graph: AskGraph, conversation: Conversation, text: string): Promise<void> {
  const turnId = await send(graph, conversation, text);
  if (turnId) await answer(graph, turnId);
  else console.log('A person has this conversation and will answer.');
}

await runCommand(async () => {
  const { text, email, session, goesOn } = readWish(process.argv.slice(2));
  const graph = askGraph(environment().GATEWAY_URL ?? 'http://localhost:4000');
  const conversation = session ? resume(graph, session) : await begin(graph);
  if (email) await verify(graph, conversation, email);
  if (text) await say(graph, conversation, text);
  if (goesOn) {
    const lines = createInterface({ input: process.stdin, output: process.stderr, prompt: '> ' });
    lines.prompt();
    for await (const line of lines) {
      if (line.trim()) await say(graph, conversation, line);
      lines.prompt();
    }
  }
  console.error(`\nTo go on: --session ${conversation.accessToken}`);
});
