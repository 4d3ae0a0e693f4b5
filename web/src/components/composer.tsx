import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { useSpeech } from '../text/speech.js';
import { SendIcon } from './icons.js';

/** Characters that a message may have. */
const maxCharacters = 8_000;
/** The count is of no interest before. */
const countedFrom = 7_000;
const mostRows = 6;

export interface ComposerProps {
  field: RefObject<HTMLTextAreaElement | null>;
  onSay(text: string): void;
  /** Escape was pressed. */
  onStop(): void;
}

/** Where the customer writes. */
export function Composer({ field, onSay, onStop }: ComposerProps) {
  const { say } = useSpeech();
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  const submit = () => {
    if (isEmpty) return;
    onSay(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also accepts what an input method for Chinese proposes: that is not yet a message.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape' && !event.isComposing) onStop();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
        field.current?.focus();
      }}
    >
      <textarea
        id="message"
        ref={field}
        value={text}
        rows={Math.min(mostRows, text.split('\n').length)}
        maxLength={maxCharacters}
        placeholder={say('placeholder')}
        aria-label={say('message')}
        aria-describedby="keys"
        enterkeyhint="send"
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span id="keys" class="unseen">
        {say('keys')}
      </span>
      {text.length >= countedFrom && (
        <span class="count">{say('charactersLeft', { n: maxCharacters - text.length })}</span>
      )}
      <button type="submit" class="send" disabled={isEmpty} aria-label={say('send')} title={say('send')}>
        <SendIcon />
      </button>
    </form>
  );
}
