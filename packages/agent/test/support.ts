import { ok, silent, userError, type Text } from '@supportgraph/kernel';
import { z } from 'zod';
import {
  defineAgent,
  handOff,
  modelClient,
  propose,
  refuse,
  runTurn,
  tool,
  toolInput,
  type AgentLimits,
  type Denial,
  type ModelUse,
  type Models,
  type RouteOutcome,
  type RunTurnOptions,
} from '../src/index.js';
import {
  routeJob,
  scriptedModel,
  type RecordedJob,
  type ScriptedModel,
  type ScriptStep,
} from '../src/testing/index.js';

/** Two models of each size, so that the second can take over from the first. */
export const models: Models = {
  small: ['first', 'second'],
  middle: ['first', 'second'],
  large: ['first', 'second'],
};

export const label: Text = { en: 'Working', 'zh-Hant': '處理中' };

/** A small order desk: what the tools of the agent under test reach. */
export interface Desk {
  /** What was asked of it. */
  lookedUp: string[];
  find(number: string): Promise<object>;
}

export function openDesk(find: Desk['find'] = async (number) => ({ number, status: 'SHIPPED' })): Desk {
  const lookedUp: string[] = [];
  return {
    lookedUp,
    find(number) {
      lookedUp.push(number);
      return find(number);
    },
  };
}

/** The agent under test. */
export function deskAgent(limits: Partial<AgentLimits> = {}) {
  return defineAgent<Desk>({
    kind: 'ORDERS',
    prompt: 'You answer questions about orders.',
    model: 'middle',
    limits,
    tools: (desk, job) => [
      tool({
        name: 'get_order',
        description: 'Status of one order.',
        label: ({ number }) => ({ en: `Looking up order ${number}`, 'zh-Hant': `查詢訂單 ${number}` }),
        input: toolInput({ number: z.string().max(20) }),
        run: ({ number }) => desk.find(number),
      }),
      tool({
        name: 'cancel_order',
        description: 'Cancels an order.',
        label,
        input: toolInput({ number: z.string() }),
        run: async () => refuse([userError('ORDER_NOT_PENDING', 'Too late to cancel.', '來不及取消了。')]),
      }),
      tool({
        name: 'show_order',
        description: 'Shows an order as a card.',
        label,
        input: toolInput({}),
        run: async () => job.writer.order('ord_1'),
      }),
      tool({
        name: 'propose_cancellation',
        description: 'Proposes to cancel an order.',
        label,
        input: toolInput({}),
        run: () =>
          propose(
            job,
            ok({
              ...{ kind: 'CANCEL_ORDER', customerId: null, orderId: 'ord_1', lines: [], wish: null },
              title: { en: 'Cancel order #W1', 'zh-Hant': '取消訂單 #W1' },
            }),
          ),
      }),
      tool({
        name: 'ask_a_person',
        description: 'Passes the conversation on.',
        label,
        input: toolInput({}),
        run: async () => handOff('CUSTOMER_ASKED', 'Wants a person.'),
      }),
    ],
    offline: () => ({ say: 'unused' }),
  });
}

/** What came of a turn. */
export interface Played {
  outcome: RouteOutcome;
  job: RecordedJob;
  model: ScriptedModel;
  uses: ModelUse[];
  denials: Denial[];
}

/** Lets the agent answer “Where is #W1?” with a model that plays this script. */
export async function play(
  script: readonly ScriptStep[],
  { limits, desk = openDesk(), job = routeJob('Where is #W1?'), access }: Partial<PlayOptions> = {},
): Promise<Played> {
  const model = scriptedModel(...script);
  const uses: ModelUse[] = [];
  const denials: Denial[] = [];
  const outcome = await runTurn(deskAgent(limits), desk, job, {
    client: modelClient({ fetch: model.fetch }),
    models,
    log: silent,
    onUsage: (use) => void uses.push(use),
    onDenied: async (denial) => void denials.push(denial),
    ...access,
  });
  return { outcome, job, model, uses, denials };
}

export interface PlayOptions {
  limits: Partial<AgentLimits>;
  desk: Desk;
  job: RecordedJob;
  /** How models are reached, where it differs. */
  access: Partial<RunTurnOptions>;
}

/** The tool results that the model was sent with its n-th request. */
export function resultsSent(model: ScriptedModel, request: number): { content: unknown; failed: boolean }[] {
  const content = model.requests[request]?.messages.at(-1)?.content;
  if (!Array.isArray(content)) return [];
  return content
    .filter(({ type }) => type === 'tool_result')
    .map((block) => ({ content: block.content, failed: block.is_error === true }));
}

export const lookUp = (number = '#W1'): ScriptStep => ({ call: [{ name: 'get_order', input: { number } }] });
