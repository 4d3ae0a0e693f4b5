import type { Message } from '../api/types.js';
import type { ChatState } from '../conversation/chat.js';
import { textOf } from '../conversation/state.js';
import type { Speech } from '../text/speech.js';
import { nameOf } from './names.js';

/**
 * What a screen reader is to say of a change. A reply is said once, when it is whole: to hear it grow word by word would
 * be unbearable. What was there when the page opened is not said.
 */
export function announcementsOf(before: ChatState, after: ChatState, speech: Speech): string[] {
  if (before.isOpening || after.isOpening) return [];
  return [...ofLink(before, after, speech), ...ofSending(before, after, speech), ...ofMessages(before, after, speech)];
}

function ofLink(before: ChatState, after: ChatState, { say }: Speech): string[] {
  if (before.isCut === after.isCut) return [];
  return [say(after.isCut ? 'reconnecting' : 'connected')];
}

function ofSending(before: ChatState, after: ChatState, { say }: Speech): string[] {
  const failedBefore = new Set(before.conversation.pending.filter(hasFailed).map(({ clientKey }) => clientKey));
  return after.conversation.pending
    .filter((pending) => hasFailed(pending) && !failedBefore.has(pending.clientKey))
    .map(({ text }) => say('couldNotSend', { text }));
}

const hasFailed = ({ state }: { state: { kind: string } }) => state.kind === 'failed';

function ofMessages({ conversation: before }: ChatState, { conversation: after }: ChatState, speech: Speech): string[] {
  if (before.messages === after.messages) return [];
  const known = new Map(before.messages.map((message) => [message.id, message]));
  // Messages that come in front of others were said before; only the end is news.
  const firstNew = after.messages.findLastIndex(({ id }) => known.has(id));
  return after.messages.flatMap((message, index) => {
    if (message.author.kind === 'CUSTOMER' || (index < firstNew && !known.has(message.id))) return [];
    const held = known.get(message.id);
    if (message.status === 'STREAMING') return held ? [] : [speech.say('isWriting')];
    return held && held.status !== 'STREAMING' ? [] : [spoken(message, speech)];
  });
}

function spoken(message: Message, speech: Speech): string {
  const orders = message.parts.flatMap((part) => (part.__typename === 'OrderPart' && part.order ? [part.order] : []));
  const cards = orders.map(({ number }) => speech.say('order', { number }));
  const proposals = message.parts.flatMap((part) => (part.__typename === 'ActionPart' ? [part.proposal] : []));
  const questions = proposals.map(({ title }) => `${speech.say('proposal')}: ${title}`);
  const text = [plain(textOf(message)), ...cards, ...questions].filter(Boolean).join(' ');
  return speech.say('says', { name: nameOf(message, speech), text });
}

/** Markdown without its marks, which nobody wants to hear. */
export function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\](?:\([^)]*\))?/g, (_, text: string) => (/^\d+$/.test(text) ? '' : text))
    .replace(/^\s*(?:#{1,6}|[-*+>]|\d+\.)\s+/gm, '')
    .replace(/[*_`~]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
