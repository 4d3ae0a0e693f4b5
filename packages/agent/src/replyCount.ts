import type {
  BetaMessageDeltaUsage,
  BetaRawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { ApiUsage } from './modelUse.js';
import { estimateTokens } from './tokens.js';

/** Counts what a streamed reply takes, also one that is not read to its end. */
export interface ReplyCount {
  add(event: BetaRawMessageStreamEvent): void;
  /** The model that answers and what it took so far; null if the reply has not begun. */
  soFar(): { model: string; usage: ApiUsage } | null;
}

/** Makes the {@link ReplyCount} of a reply, asked of this model. */
export function countReply(asked: string): ReplyCount {
  let model = asked;
  let usage: ApiUsage | null = null;
  let written = '';
  let isWhole = false;
  return {
    add(event) {
      written += writtenIn(event);
      if (event.type === 'message_start') {
        // What stands between us and the model may have given the request to another.
        model = event.message.model || asked;
        usage = { ...event.message.usage };
      }
      if (event.type !== 'message_delta' || !usage) return;
      usage = later(usage, event.usage);
      isWhole ||= event.delta.stop_reason !== null;
    },
    soFar() {
      if (!usage) return null;
      // Until its end a reply is reported with the one token that it began with.
      const output = isWhole ? 0 : estimateTokens(written);
      return { model, usage: { ...usage, output_tokens: Math.max(usage.output_tokens, output) } };
    },
  };
}

/** What the model wrote in an event: text, thoughts, a tool's name and its arguments. */
function writtenIn(event: BetaRawMessageStreamEvent): string {
  if (event.type === 'content_block_start')
    return event.content_block.type === 'tool_use' ? event.content_block.name : '';
  if (event.type !== 'content_block_delta') return '';
  const { delta } = event;
  if (delta.type === 'text_delta') return delta.text;
  if (delta.type === 'thinking_delta') return delta.thinking;
  return delta.type === 'input_json_delta' ? delta.partial_json : '';
}

/** Counts only grow in a reply; where one is missing or zero, what was reported before holds. */
function later(before: ApiUsage, { input_tokens, output_tokens, ...cache }: BetaMessageDeltaUsage): ApiUsage {
  const most = (one: number | null, other: number | null) => Math.max(one ?? 0, other ?? 0);
  return {
    ...before,
    input_tokens: most(before.input_tokens, input_tokens),
    output_tokens: most(before.output_tokens, output_tokens),
    cache_read_input_tokens: most(before.cache_read_input_tokens, cache.cache_read_input_tokens),
    cache_creation_input_tokens: most(before.cache_creation_input_tokens, cache.cache_creation_input_tokens),
  };
}
