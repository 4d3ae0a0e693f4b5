import type { BetaMessageParam } from '@anthropic-ai/sdk/resources/beta/messages/messages';
import { setTimeout as wait } from 'node:timers/promises';
import { languageInstruction, toMessages } from './conversation.js';
import { deadline } from './deadline.js';
import { sizeFor } from './difficulty.js';
import { canaryInstruction } from './guard/canary.js';
import type { RouteOutcome } from './job.js';
import { loop } from './loop.js';
import { logFault, modelFault, retryAfterMs, type ModelFault } from './modelClient.js';
import type { ModelSize } from './models.js';
import { TooSlow, type Turn } from './turn.js';

/** No model could be had: slow, away, or every one of them refuses us. */
export interface ModelAway {
  kind: 'modelAway';
  fault: ModelFault;
}

/** How one model's try ended: with an outcome, with a fault of the model, or because only small models may go on. */
type Attempt =
  | { kind: 'ended'; outcome: RouteOutcome }
  | { kind: 'faulty'; fault: ModelFault; retryAfterMs: number | null; messages: BetaMessageParam[] }
  | { kind: 'downgraded'; messages: BetaMessageParam[] };

/** Tries the models of the size that the message needs, in order, from where the one before had come to. */
export async function tryModels<Services>(turn: Turn<Services>): Promise<RouteOutcome | ModelAway> {
  const { agent, job, models, breakers, total } = turn;
  let messages = toMessages(job, agent.limits.historyTokens, turn.vault);
  let fault: ModelFault = 'unavailable';
  let size: ModelSize = sizeFor(job, agent);
  let left = [...models[size]];
  let waited = false;
  while (left.length > 0) {
    const model = left.shift()!;
    if (breakers?.permits(model) === false) continue;
    const attempt = await tryModel(turn, model, messages, size);
    if (attempt.kind === 'ended') return attempt.outcome;
    messages = attempt.messages;
    if (attempt.kind === 'downgraded') {
      size = 'small';
      left = [...models[size]];
      continue;
    }
    fault = attempt.fault;
    // Another model would begin the sentence again.
    if (turn.speech.spokeInCall || fault === 'rejected' || total.signal.aborted) break;
    const pause = attempt.retryAfterMs;
    if (left.length > 0 || waited || pause === null || pause > agent.limits.firstTokenMs) continue;
    // There is no other model to ask, and the customer would have waited as long for this one's first word.
    waited = true;
    left.push(model);
    await pauseFor(pause, turn);
    if (total.signal.aborted) break;
  }
  return { kind: 'modelAway', fault: total.signal.aborted ? 'timeout' : fault };
}

/** Ends early when the turn does; rejects if the job was aborted. */
async function pauseFor<Services>(ms: number, { total, job }: Turn<Services>): Promise<void> {
  await wait(ms, undefined, { signal: total.signal }).catch(() => job.signal.throwIfAborted());
}

const tooSlow: RouteOutcome = { kind: 'failed', code: 'INTERNAL', retryable: true };

/** Runs the loop with one model, from these messages on. */
async function tryModel<Services>(
  turn: Turn<Services>,
  model: string,
  messages: BetaMessageParam[],
  size: ModelSize,
): Promise<Attempt> {
  const { agent, job, client, log, breakers } = turn;
  const patience = deadline(turn.total.signal);
  const runner = client.beta.messages.toolRunner(
    {
      model,
      messages,
      max_tokens: agent.limits.maxTokens + (size === 'large' ? agent.limits.thinkingTokens : 0),
      // The next call of the loop, which goes on from this one, reads all of it from the cache.
      cache_control: { type: 'ephemeral' },
      system: [
        { type: 'text', text: agent.prompt, cache_control: { type: 'ephemeral' } },
        { type: 'text', text: languageInstruction[job.language] },
        { type: 'text', text: canaryInstruction(turn.canary) },
      ],
      tools: turn.toolbox.tools,
      // Every request carries the whole history: nothing of the conversation is kept at the provider.
      thread: false,
      stream: true,
    },
    { signal: patience.signal },
  );
  try {
    const outcome = await loop(turn, model, runner, patience, size === 'small');
    return 'goOnFrom' in outcome ? { kind: 'downgraded', messages: outcome.goOnFrom } : { kind: 'ended', outcome };
  } catch (error) {
    job.signal.throwIfAborted();
    if (error instanceof TooSlow) return { kind: 'ended', outcome: tooSlow };
    const fault = modelFault(error);
    if (!fault) throw error;
    // A turn that ran out of time had not waited for this model alone.
    if (fault !== 'rejected' && !turn.total.signal.aborted) breakers?.failed(model);
    logFault(log, model, fault, error);
    return { kind: 'faulty', fault, retryAfterMs: retryAfterMs(error), messages: [...runner.params.messages] };
  } finally {
    breakers?.released(model);
    patience.dispose();
  }
}
