import type { Handoff } from '../api/types.js';
import { useSpeech } from '../text/speech.js';
import { PersonIcon } from './icons.js';

/** Says that a person will come, and the place in the queue. */
export function QueueCard({ handoff }: { handoff: Handoff | null }) {
  const { say } = useSpeech();
  const place = handoff?.queuePosition;
  return (
    <section class="queue" aria-label={say('waitingTitle')}>
      <span class="queue-icon">
        <PersonIcon />
      </span>
      <div>
        <h3>{say('waitingTitle')}</h3>
        {place != null && <p class="queue-place">{say('waitingPlace', { n: place })}</p>}
        <p>{say('waitingText')}</p>
      </div>
    </section>
  );
}
