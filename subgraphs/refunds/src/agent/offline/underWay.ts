import {
  confirmDetails,
  lastReply,
  waitsForAnswer,
  type OfflineStep,
  type OfflineTurn,
  type ToolResult,
} from '@supportgraph/agent';
import type { OrderRefunds } from '../shown.js';
import { say } from './say.js';
import { sentences } from './sentences.js';
import { tellOrder } from './tell.js';
import type { Question } from './thread.js';

/** How goods go back to the shop, and how that is called off: both is known to people only. Null for other questions. */
export function goodsUnderWay(
  turn: OfflineTurn,
  { topic }: Question,
  lookups: readonly ToolResult[],
): OfflineStep | null {
  if (topic !== 'SENDING' && topic !== 'CALL_OFF') return null;
  const open = lookups.flatMap(ordersOf).filter(hasOpenGoods);
  const told = open.map((order) => tellOrder(turn, order)).join('\n\n');
  if (topic === 'SENDING') {
    if (open.length > 0) return after(told, say(turn, sentences.howToSend, sentences.offer));
    const isShown = waitsForAnswer(lastReply(turn));
    if (!isShown) return say(turn, sentences.notRegistered);
    return say(turn, sentences.onceConfirmed, sentences.howToSend, confirmDetails);
  }
  return open.length > 0
    ? after(told, say(turn, sentences.callOff, sentences.offer))
    : say(turn, sentences.nothingToCallOff);
}

const after = (told: string, step: OfflineStep): OfflineStep =>
  'say' in step ? { say: `${told}\n\n${step.say}` } : step;

/** Our own tools' answers. */
function ordersOf({ tool, output }: ToolResult): OrderRefunds[] {
  if (tool === 'get_order_refunds') return [output as OrderRefunds];
  return tool === 'list_refunds' ? (output as { orders: OrderRefunds[] }).orders : [];
}

const hasOpenGoods = ({ return: goods, exchange }: OrderRefunds) => [goods, exchange].some((each) => each?.status === 'REQUESTED'); // prettier-ignore
