import type { BetaToolRunner } from '@anthropic-ai/sdk/lib/tools/BetaToolRunner';
import type { BetaMessageParam } from '@anthropic-ai/sdk/resources/beta/messages/messages';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger, Text } from '@supportgraph/kernel';
import type { Allowance } from './allowance.js';
import { languageInstruction, toMessages } from './conversation.js';
import { deadline, untilAborted, type Deadline } from './deadline.js';
import type { Agent } from './defineAgent.js';
import { sizeFor } from './difficulty.js';
import type { HandoffReason, RouteJob, RouteOutcome } from './job.js';
import { argumentGuard } from './guard/arguments.js';
import { canaryInstruction, canaryOf } from './guard/canary.js';
import { announcesLook } from './guard/looks.js';
import { outgoing } from './guard/outgoing.js';
import { promises } from './guard/promises.js';
import { asSentence, type SentenceRule } from './guard/sentences.js';
import { openBook, openVault, type Vault } from './guard/vault.js';
import { judge } from './judge.js';
import type { Denial, ModelAccess } from './modelAccess.js';
import { logFault, modelFault, retryAfterMs, type ModelFault } from './modelClient.js';
import type { Models, ModelSize } from './models.js';
import type { OnUsage } from './modelUse.js';
import { readReply } from './readReply.js';
import { speech, type Speech } from './speech.js';
import type { ToolEnding } from './tool.js';
import { toolbox, type Toolbox } from './toolbox.js';
import { watchedJob, type WatchedJob } from './watchedJob.js';
import { answerWithoutModel } from './withoutModel.js';

export interface RunTurnOptions extends Omit<ModelAccess, 'names'> {
  models: Models;
  log: Logger;
  /** Receives every model call. */
  onUsage: OnUsage;
}

/** What one turn of an agent works with. */
interface Turn<Services> extends RunTurnOptions {
  agent: Agent<Services>;
  job: RouteJob;
  watched: WatchedJob;
  speech: Speech;
  toolbox: Toolbox;
  vault: Vault;
  canary: string;
  /** Kinds of sentences that were replaced in this turn. */
  replaced: Set<SentenceRule>;
  /** Where links may lead. */
  hosts: readonly string[];
  deny(denial: Pick<Denial, 'tool' | 'why'>): Promise<void>;
  /** Aborted by the job, or when the turn has taken too long. */
  total: Deadline;
  /** Model calls made so far, by all models. */
  modelCalls: number;
}

/** No model could be had: slow, away, or every one of them refuses us. */
interface ModelAway {
  kind: 'modelAway';
  fault: ModelFault;
}

/** The turn's time ran out while it waited for something of ours: no model was at fault. */
class TooSlow extends Error {}

/** How one model's try ended: with an outcome, with a fault of the model, or because only small models may go on. */
type Attempt =
  | { kind: 'ended'; outcome: RouteOutcome }
  | { kind: 'faulty'; fault: ModelFault; retryAfterMs: number | null; messages: BetaMessageParam[] }
  | { kind: 'downgraded'; messages: BetaMessageParam[] };

const sentences = {
  cutShort: {
    en: 'My answer became too long and was cut off here. Ask me to go on if you need the rest.',
    'zh-Hant': '我的回覆太長，在這裡被截斷了。需要其餘內容的話，請告訴我繼續。',
  },
  refused: {
    en: 'I am sorry, I cannot help with this. A colleague will look at it and answer you here.',
    'zh-Hant': '很抱歉，這件事我無法協助。同事會看過後在這裡回覆您。',
  },
  spent: {
    en: 'A colleague will answer this for you here.',
    'zh-Hant': '同事會在這裡為您回覆。',
  },
  incomplete: {
    en: 'I am sorry, I could not finish this. A colleague will take it from here and answer you.',
    'zh-Hant': '很抱歉，我沒能完成這件事。同事會接手並在這裡回覆您。',
  },
} satisfies Record<string, Text>;

/**
 * Lets an agent answer its share of a message: one loop of model calls and tools until there is an answer, a handoff or a
 * stated failure. A model that cannot be had is replaced by the next of its size, unless the customer has already seen some
 * of its words. When none can be had, and `answersWithoutModel`, the question is looked up or given to a person. Rejects with the signal's reason when the job is aborted, and with faults of our own.
 */
export async function runTurn<Services>(
  agent: Agent<Services>,
  services: Services,
  job: RouteJob,
  options: RunTurnOptions,
): Promise<RouteOutcome> {
  const log = options.log.child({ sessionId: job.sessionId, turnId: job.turnId, agent: agent.kind });
  const total = deadline(job.signal);
  total.set('total', agent.limits.totalMs);
  try {
    const { signal } = total;
    const vault = options.isRemote ? openVault() : openBook;
    const hosts = options.linkHosts ? await untilAborted(options.linkHosts(), signal) : [];
    const { sessionId, turnId } = job;
    const deny = async ({ tool, why }: Pick<Denial, 'tool' | 'why'>) => {
      const action = why === 'promptLeaked' ? 'agent.promptLeaked' : 'agent.toolDenied';
      const denial: Denial = { sessionId, turnId, agent: agent.kind, action, tool, why };
      if (options.onDenied) await untilAborted(options.onDenied(denial), signal);
    };
    const watched = watchedJob(job);
    const canary = canaryOf(agent.prompt);
    const tools = toolbox(agent.tools(services, watched.job), {
      writer: job.writer,
      limit: agent.limits.toolCalls,
      guard: argumentGuard({ linkHosts: hosts, prompt: agent.prompt, canary }),
      ...{ signal, log, vault, onDenied: deny },
    });
    const said = speech(job.writer, job.language);
    const ending = await tryModels({
      ...options,
      log,
      agent,
      job,
      total,
      toolbox: tools,
      ...{ vault, hosts, deny, canary, watched, replaced: new Set<SentenceRule>() },
      speech: said,
      modelCalls: 0,
    });
    await job.writer.flush();
    if (ending.kind !== 'modelAway') return ending;
    // Words that broke off are best tried again.
    if (!options.answersWithoutModel || said.spokeInCall) return failedBy(ending.fault);
    if (!said.spoke && !watched.hasCard) return answerWithoutModel(agent, services, job, options);
    // After whole ones, or a card, another answer would only puzzle.
    return giveUp(said, sentences.incomplete, 'SYSTEM', 'The model was lost on the way.');
  } finally {
    total.dispose();
  }
}

/** Tries the models of the size that the message needs, in order, from where the one before had come to. */
async function tryModels<Services>(turn: Turn<Services>): Promise<RouteOutcome | ModelAway> {
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
  }
  return { kind: 'modelAway', fault: total.signal.aborted ? 'timeout' : fault };
}

/** Ends early when the turn does; rejects if the job was aborted. */
async function pauseFor<Services>(ms: number, { total, job }: Turn<Services>): Promise<void> {
  await wait(ms, undefined, { signal: total.signal }).catch(() => job.signal.throwIfAborted());
}

const tooSlow: RouteOutcome = { kind: 'failed', code: 'INTERNAL', retryable: true };

/** Does something of ours, which stops when the turn's time has run out. */
async function ours<Services, T>({ total, job }: Turn<Services>, work: () => Promise<T>): Promise<T> {
  try {
    total.signal.throwIfAborted();
    const done = await work();
    total.signal.throwIfAborted();
    return done;
  } catch (error) {
    job.signal.throwIfAborted();
    throw total.signal.aborted ? new TooSlow() : error;
  }
}

function failedBy(fault: ModelFault): RouteOutcome {
  switch (fault) {
    case 'timeout':
      return { kind: 'failed', code: 'MODEL_TIMEOUT', retryable: true };
    case 'unavailable':
      return { kind: 'failed', code: 'MODEL_UNAVAILABLE', retryable: true };
    case 'rejected':
      return { kind: 'failed', code: 'INTERNAL', retryable: false };
  }
}

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

/** Only a small model may go on, and from here. */
interface Downgrade {
  goOnFrom: BetaMessageParam[];
}

async function loop<Services>(
  turn: Turn<Services>,
  model: string,
  runner: BetaToolRunner<true>,
  patience: Deadline,
  isSmall: boolean,
): Promise<RouteOutcome | Downgrade> {
  const { agent, job, speech, toolbox, total, onUsage, log, breakers, watched } = turn;
  const said = () => [...runner.params.messages];
  const request = () => ({ system: runner.params.system, tools: runner.params.tools, messages: said() });
  const before = await stopFor(turn, isSmall);
  if (before) return before === 'downgraded' ? { goOnFrom: said() } : before;
  for await (const stream of runner) {
    turn.modelCalls += 1;
    const { vault, canary, replaced, hosts: linkHosts } = turn;
    const { language } = job;
    // What was only proposed is in no record.
    const isInformed = toolbox.hasAnswered && !watched.hasProposal;
    const guarded = outgoing({
      ...{ language, linkHosts, prompt: agent.prompt, canary, vault, replaced, isInformed },
    });
    const reply = await readReply(stream, {
      ...{ model, speech, outgoing: guarded, patience, limits: agent.limits, request, onUsage, log },
    });
    if (guarded.hasLeaked) await ours(turn, () => turn.deny({ why: 'promptLeaked' }));
    if (reply.stopReason === 'endless_arguments') await ours(turn, () => turn.deny({ why: 'tooLarge' }));
    breakers?.succeeded(model);
    // Words before a tool are none on what it found, unless that is shown.
    const verdict = judge(reply, speech.spokeInCall || (speech.spoke && watched.hasCard));
    switch (verdict) {
      case 'answered':
        if (announcesLook(speech.lastWords)) offerPerson(turn);
        return { kind: 'answered' };
      case 'cutShort':
        speech.sentence(sentences.cutShort);
        return { kind: 'answered' };
      case 'refused':
        return giveUp(speech, sentences.refused, 'OUT_OF_SCOPE', 'The model refused to answer.');
      case 'incomplete':
        return giveUp(speech, sentences.incomplete, 'LOW_CONFIDENCE', `No answer (${reply.stopReason}).`);
      case 'useTools':
      case 'resume':
        if (!(await ours(turn, () => toolbox.allow(reply.calls ?? [], turn.modelCalls < agent.limits.modelCalls)))) {
          return giveUp(speech, sentences.incomplete, 'LOW_CONFIDENCE', 'The agent went in circles.');
        }
    }
    let results: BetaMessageParam | null = null;
    if (verdict === 'useTools') {
      // Left to itself the runner would send the results on at once; a tool may have ended the turn.
      results = await ours(turn, () => runner.generateToolResponse(total.signal));
      if (toolbox.ending) return end(turn, toolbox.ending);
    }
    const next = await stopFor(turn, isSmall);
    if (next === 'downgraded') {
      // The runner takes these up only as it goes on, which it does not.
      const { content } = await stream.finalMessage();
      return { goOnFrom: [...said(), { role: 'assistant', content }, ...(results ? [results] : [])] };
    }
    if (next) return next;
  }
  throw new Error('The tool runner ended by itself.');
}

/** Why the next model call must not be made, if it must not. */
async function stopFor<Services>(turn: Turn<Services>, isSmall: boolean): Promise<RouteOutcome | 'downgraded' | null> {
  const { allow, agent, job, total } = turn;
  const { sessionId, viewer } = job;
  const spender = { sessionId, customerId: viewer.customerId, agent: agent.kind };
  const allowance: Allowance = allow ? await ours(turn, () => untilAborted(allow(spender), total.signal)) : 'ok';
  switch (allowance) {
    case 'ok':
      return null;
    case 'downgrade':
      return isSmall ? null : 'downgraded';
    case 'handOff':
      return giveUp(turn.speech, sentences.spent, 'SYSTEM', 'The budget for automatic answers is spent.');
    case 'exhausted':
      return { kind: 'failed', code: 'BUDGET_EXHAUSTED', retryable: false };
  }
}

function giveUp(speech: Speech, sentence: Text, reason: HandoffReason, summary: string): RouteOutcome {
  speech.sentence(sentence);
  return { kind: 'handedOff', reason, summary };
}

/** Says what becomes of a look that was announced and never made. An offer and no handoff: where it is not meant, it costs a sentence. */
function offerPerson<Services>({ speech, replaced }: Turn<Services>): void {
  if (replaced.has(promises)) return;
  replaced.add(promises);
  speech.sentence({ ...promises.instead, en: asSentence(promises.instead.en) });
}

function end<Services>({ speech }: Turn<Services>, { say, outcome }: ToolEnding): RouteOutcome {
  if (say) speech.sentence(say);
  return outcome;
}
