import type { TurnState } from '../conversation/state.js';
import { useSpeech } from '../text/speech.js';
import { WarningIcon } from './icons.js';
import { TurnStatus } from './turnStatus.js';

/** A reply of which there is no word yet. */
export function WaitingTurn({ turn }: { turn: TurnState }) {
  return (
    <div class="message reply waiting">
      <TurnStatus turn={turn} isWriting={false} />
    </div>
  );
}

/** A turn that ended before anything was written. */
export function FailedTurn({ turn, onAskAgain }: { turn: TurnState; onAskAgain(): void }) {
  const { say } = useSpeech();
  if (turn.status === 'CANCELLED') return <p class="notice">{say('stopped')}</p>;
  return (
    <div class="message reply">
      <p class="failure">
        <WarningIcon />
        <span>{turn.failure?.message ?? say('noAnswer')}</span>
        {turn.failure?.retryable && (
          <button type="button" class="link-button" onClick={onAskAgain}>
            {say('askAgain')}
          </button>
        )}
      </p>
    </div>
  );
}
