import { useEffect, useRef } from 'preact/hooks';
import { useSpeech } from '../text/speech.js';

export interface NewConversationDialogProps {
  onBegin(): void;
  onKeep(): void;
}

/** Asks before a conversation is left, as there is no way back to it. */
export function NewConversationDialog({ onBegin, onKeep }: NewConversationDialogProps) {
  const { say } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="new-title" aria-describedby="new-text" onClose={onKeep}>
      <h2 id="new-title">{say('newTitle')}</h2>
      <p id="new-text">{say('newText')}</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onKeep}>
          {say('newKeep')}
        </button>
        <button type="button" class="button primary" onClick={onBegin}>
          {say('newBegin')}
        </button>
      </div>
    </dialog>
  );
}
