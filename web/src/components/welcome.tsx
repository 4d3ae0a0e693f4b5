import { useSpeech } from '../text/speech.js';
import type { Word } from '../text/table.js';
import { BubbleIcon } from './icons.js';

const suggestions: readonly Word[] = ['suggestOrder', 'suggestReturn', 'suggestTechnical', 'suggestPerson'];

/** What is shown before anything is said. */
export function Welcome({ onSay }: { onSay(text: string): void }) {
  const { say } = useSpeech();
  return (
    <section class="welcome">
      <span class="welcome-mark">
        <BubbleIcon />
      </span>
      <h2>{say('welcomeTitle')}</h2>
      <p>{say('welcomeText')}</p>
      <ul class="suggestions" aria-label={say('suggestions')}>
        {suggestions.map((suggestion) => (
          <li key={suggestion}>
            <button type="button" onClick={() => onSay(say(suggestion))}>
              {say(suggestion)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
