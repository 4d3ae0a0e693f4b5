import type { BetaMessageStream } from '@anthropic-ai/sdk/lib/BetaMessageStream';
import type { BetaMessage } from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { Logger } from '@supportgraph/kernel';
import type { Deadline } from './deadline.js';
import type { AgentLimits } from './defineAgent.js';
import { modelUse, type OnUsage } from './modelUse.js';
import { report, unansweredUsage } from './report.js';
import type { Outgoing } from './guard/outgoing.js';
import { countReply } from './replyCount.js';
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
  limits: Pick<AgentLimits, 'firstTokenMs' | 'idleMs' | 'thinkingMs'>;
  /** What the model was sent. */
  request(): object;
  onUsage: OnUsage;
  log: Logger;
}

/** Arguments of one call, as JSON, beyond which a reply is not read on. */
const mostArgumentCharacters = 65_536;

/** Text of one reply beyond which it is not read on: several times what `maxTokens` allows. */
const mostTextCharacters = 32_768;

/** The reply goes on and on: it is cut off as the API would do. */
const overlong: Reply = { stopReason: 'max_tokens', calls: [] };

/** The reply asks for something without end: nothing of it is done. */
const endless: Reply = { stopReason: 'endless_arguments', calls: null };

/** The reply gave away the prompt: what came before is told, and nothing of it is done. */
const leaked: Reply = { stopReason: 'prompt_leaked', calls: [] };

/** Reads a model's reply, saying its text as it comes. Rejects if the stream breaks off or a deadline passes. */
export async function readReply(stream: BetaMessageStream, options: ReadReplyOptions): Promise<Reply> {
  const { model, speech, outgoing, patience, limits } = options;
  const startedAt = performance.now();
  let firstTokenMs: number | null = null;
  const count = countReply(model);
  const json = new Map<number, string>();
  let textCharacters = 0;
  let isThinking = false;

  // As they arrive: the SDK keeps changing what it has told, and the last of a reply that is stopped may not be read here.
  stream.on('streamEvent', (event) => count.add(event));
  speech.beginCall();
  patience.set('firstToken', limits.firstTokenMs);
  try {
    for await (const event of stream) {
      // What had come before the turn was stopped may still lie here.
      patience.signal.throwIfAborted();
      // `message_start` comes with the headers, long before the model has thought of a word.
      if (event.type === 'message_start') continue;
      firstTokenMs ??= Math.round(performance.now() - startedAt);
      if (event.type === 'content_block_start') isThinking = /thinking/.test(event.content_block.type);
      // Thoughts may come as a whole, or not at all.
      patience.set('idle', isThinking ? limits.thinkingMs : limits.idleMs);
      if (event.type !== 'content_block_delta') continue;
      if (event.delta.type === 'text_delta') {
        speech.write(outgoing.write(event.delta.text));
        // Leaving the loop ends the stream.
        if (outgoing.hasLeaked) return leaked;
        textCharacters += event.delta.text.length;
        if (textCharacters > mostTextCharacters) return overlong;
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
    const ms = Math.round(performance.now() - startedAt);
    const took =
      count.soFar() ?? (patience.signal.aborted ? { model, usage: unansweredUsage(options.request()) } : null);
    if (took) await report(modelUse(took.model, took.usage, ms, firstTokenMs), options.onUsage, options.log);
  }
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
