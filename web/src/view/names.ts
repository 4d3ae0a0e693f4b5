import type { AgentKind, Message } from '../api/types.js';
import type { Speech } from '../text/speech.js';
import type { Word } from '../text/table.js';

const agentWords: Readonly<Record<AgentKind, Word>> = {
  ROUTER: 'agentRouter',
  FAQ: 'agentFaq',
  ORDERS: 'agentOrders',
  REFUNDS: 'agentRefunds',
  TECHSUPPORT: 'agentTechsupport',
  HANDOFF: 'agentHandoff',
};

/** An agent's name, for people. One that a newer server has is the assistant. */
export function agentName(agent: AgentKind, { say }: Speech): string {
  return say(agentWords[agent] ?? 'agentRouter');
}

/** Who said a message. */
export function nameOf({ author }: Message, { say }: Speech): string {
  switch (author.kind) {
    case 'CUSTOMER':
      return say('you');
    case 'ASSISTANT':
      return author.displayName || say('agentRouter');
    case 'STAFF':
      return author.displayName || say('agentHandoff');
    case 'SYSTEM':
      return say('notice');
  }
}
