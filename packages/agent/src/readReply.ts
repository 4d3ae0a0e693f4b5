import type { BetaMessageStream } from '@anthropic-ai/sdk/lib/BetaMessageStream';
import type { BetaMessage, BetaRawMessageStreamEvent } from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { Deadline } from './deadline.js';
import type { AgentLimits } from './defineAgent.js';
import { modelUse, type ApiUsage, type OnUsage } from './modelUse.js';
import type { Outgoing } from './guard/outgoing.js';
import type { Speech } from './speech.js';
import type { AskedCall } from './toolbox.js';

/** A model's reply, read to its end. */
export interface Reply {
  /** One of the API's, or one that we do not know. */
  stopReason: string;
  /** The tool calls; null if the arguments of one are not whole JSON. */
  calls: AskedCall[] | null;
}

export interface ReadReplyOptions {
  model: string;
  speech: Speech;
  /** What of the text may be told. */
  outgoing: Outgoing;
  patience: Deadline;
  limits: Pick<AgentLimits, 'firstTokenMs' | 'idleMs'>;
  onUsage: OnUsage;
}

/** Arguments of one call, as JSON, beyond which a reply is not read on. */
const mostArgumentCharacters = 65_536;

/** The reply asks for something without end: nothing of it is done. */
const endless: Reply = { stopReason: 'endless_arguments', calls: null };

/** The reply gave away the prompt: what came before is told, and nothing of it is done. */
const leaked: Reply = { stopReason: 'prompt_leaked', calls: [] };

/** Reads a model's reply, saying its text as it comes. Rejects if the stream breaks off or a deadline passes. */
export async function readReply(stream: BetaMessageStream, options: ReadReplyOptions): Promise<Reply> {
  const { model, speech, outgoing, patience, limits } = options;
  const startedAt = performance.now();
  let firstTokenMs: number | null = null;
  let usage: ApiUsage | null = null;
  const json = new Map<number, string>();

  speech.beginCall();
  patience.set('firstToken', limits.firstTokenMs);
  try {
    for await (const event of stream) {
      // What had come before the turn was stopped may still lie here.
      patience.signal.throwIfAborted();
      usage = latestUsage(event, usage);
      // `message_start` comes with the headers, long before the model has thought of a word.
      if (event.type === 'message_start') continue;
      firstTokenMs ??= Math.round(performance.now() - startedAt);
      patience.set('idle', limits.idleMs);
      if (event.type !== 'content_block_delta') continue;
      if (event.delta.type === 'text_delta') {
        speech.write(outgoing.write(event.delta.text));
        // Leaving the loop ends the stream.
        if (outgoing.hasLeaked) return leaked;
      }
      if (event.delta.type === 'input_json_delta') {
        const written = (json.get(event.index) ?? '') + event.delta.partial_json;
        // The SDK parses what there is with every piece: five megabytes would keep this process busy for seconds.
        if (written.length > mostArgumentCharacters) return endless;
        json.set(event.index, written);
      }
    }
    const message = await stream.finalMessage();
    speech.write(outgoing.end());
    if (outgoing.hasLeaked) return leaked;
    return { stopReason: message.stop_reason ?? 'none', calls: wholeCalls(message, json) };
  } catch (error) {
    // The SDK tells every abort in the same words; the signal knows whose it was.
    throw patience.signal.aborted ? patience.signal.reason : error;
  } finally {
    patience.clear();
    if (usage) await options.onUsage(modelUse(model, usage, Math.round(performance.now() - startedAt), firstTokenMs));
  }
}

function latestUsage(event: BetaRawMessageStreamEvent, before: ApiUsage | null): ApiUsage | null {
  if (event.type === 'message_start') return event.message.usage;
  if (event.type !== 'message_delta' || !before) return before;
  const { usage } = event;
  return {
    output_tokens: usage.output_tokens,
    input_tokens: usage.input_tokens ?? before.input_tokens,
    cache_read_input_tokens: usage.cache_read_input_tokens ?? before.cache_read_input_tokens,
    cache_creation_input_tokens: usage.cache_creation_input_tokens ?? before.cache_creation_input_tokens,
  };
}

/** The SDK mends cut-off arguments silently, with fields missing. So what was sent is parsed again, strictly. */
function wholeCalls(message: BetaMessage, json: ReadonlyMap<number, string>): AskedCall[] | null {
  const calls: AskedCall[] = [];
  for (const [index, block] of message.content.entries()) {
    if (block.type !== 'tool_use') continue;
    try {
      calls.push({ name: block.name, input: JSON.parse(json.get(index) || '{}') });
    } catch {
      return null;
    }
  }
  return calls;
}
