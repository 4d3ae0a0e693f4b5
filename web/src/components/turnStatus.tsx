import type { TurnState } from '../conversation/state.js';
import { useSpeech } from '../text/speech.js';

/** What is being done to answer, in one quiet line. */
export function TurnStatus({ turn, isWriting }: { turn: TurnState; isWriting: boolean }) {
  return (
    <p class="turn-status">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{useStatus(turn, isWriting)}</span>
    </p>
  );
}

/** What the tools in use are for, else what comes of it. */
function useStatus({ status, toolCalls }: TurnState, isWriting: boolean): string {
  const { say } = useSpeech();
  const running = toolCalls.filter((call) => call.status === 'RUNNING').map(({ label }) => label);
  if (running.length > 0) return running.join(' · ');
  if (status === 'QUEUED') return say('queued');
  // A tool is often done before anybody could read what it was for.
  return isWriting ? say('writing') : (toolCalls.at(-1)?.label ?? say('thinking'));
}
