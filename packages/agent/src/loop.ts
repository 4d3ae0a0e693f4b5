import type { BetaToolRunner } from '@anthropic-ai/sdk/lib/tools/BetaToolRunner';
import type { BetaMessageParam } from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { Allowance } from './allowance.js';
import { untilAborted, type Deadline } from './deadline.js';
import { giveUp, sentences } from './giveUp.js';
import { announcesLook } from './guard/looks.js';
import { outgoing } from './guard/outgoing.js';
import { promises } from './guard/promises.js';
import { asSentence } from './guard/sentences.js';
import type { RouteOutcome } from './job.js';
import { judge } from './judge.js';
import { readReply } from './readReply.js';
import type { ToolEnding } from './tool.js';
import { ours, type Turn } from './turn.js';

/** Only a small model may go on, and from here. */
export interface Downgrade {
  goOnFrom: BetaMessageParam[];
}

/** Model calls and tools in turn, until there is an answer, a handoff or a stated failure. Rejects with what the model's stream rejects with. */
export async function loop<Services>(
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
  const allowance = await ours(turn, async (): Promise<Allowance> =>
    allow ? untilAborted(allow(spender), total.signal) : 'ok',
  );
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
