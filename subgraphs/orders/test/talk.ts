import { routeJob, type RecordedJob } from '@supportgraph/agent/testing';
import { nobody, silent, type Language, type Viewer } from '@supportgraph/kernel';
import { answerRoutes } from '../src/agent/answer.js';
import { models, type World } from './world.js';

/** One reply: its text, the job with what was shown, and how the route ended. */
export interface Reply {
  text: string;
  job: RecordedJob;
  outcome: unknown;
}

/** Says something and gives the reply. */
export type Say = (text: string, language?: Language) => Promise<Reply>;

/** A conversation; each message is answered with all that was said before it. */
export function talkIn({ commerce, conversation }: World, viewer: Viewer, sessionId?: string): Say {
  const history: { author: 'CUSTOMER' | 'ASSISTANT'; text: string }[] = [];
  return async (text, language = /\p{Script=Han}/u.test(text) ? 'zh-Hant' : 'en') => {
    const { clock } = commerce.deps;
    const handle = answerRoutes({ commerce, conversation, clock, models, recordUse: () => {}, log: silent });
    const job = routeJob(text, { viewer, language, history: [...history], ...(sessionId && { sessionId }) });
    const outcome = await handle({ ...job, agent: 'ORDERS', intent: 'ORDER' } as Parameters<typeof handle>[0]);
    history.push({ author: 'CUSTOMER', text }, { author: 'ASSISTANT', text: job.writer.written });
    return { text: job.writer.written, job, outcome };
  };
}

let sessions = 0;

/** A conversation with a visitor of whom nothing is known yet. */
export async function talkToVisitorIn(world: World): Promise<{ sessionId: string; say: Say }> {
  const key = `session ${sessions++}`;
  const started = await world.conversation.sessions.start(nobody, { idempotencyKey: key, channel: 'WEB' });
  if (!started.ok || !started.value.session) throw new Error('No session');
  const { id } = started.value.session;
  return { sessionId: id, say: talkIn(world, { ...nobody, sessionId: id }, id) };
}

/** Whose goods the shop of `goodsShop` holds. */
export const cora: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_cora' };

/** Says one message after another, and gives the last reply. */
export async function replyAfter(world: World, viewer: Viewer, messages: readonly string[]): Promise<Reply> {
  const say = talkIn(world, viewer);
  let reply: Reply | null = null;
  for (const message of messages) reply = await say(message);
  return reply!;
}
