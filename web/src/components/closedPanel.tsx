import { useSpeech } from '../text/speech.js';

/** Where the customer would write, once the session is closed. */
export function ClosedPanel({ onStartNew }: { onStartNew(): void }) {
  const { say } = useSpeech();
  return (
    <section class="closed" aria-label={say('closedTitle')}>
      <div>
        <h2>{say('closedTitle')}</h2>
        <p>{say('closedText')}</p>
      </div>
      <button type="button" class="button primary" onClick={onStartNew}>
        {say('newConversation')}
      </button>
    </section>
  );
}
