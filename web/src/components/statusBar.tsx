import type { ChatState } from '../conversation/chat.js';
import { activeTurn } from '../conversation/state.js';
import { useSpeech } from '../text/speech.js';
import { useOnline } from '../view/useOnline.js';
import { StopIcon } from './icons.js';

/** One line above the field, always there so that nothing moves: how the connection is, and the way to stop a reply. */
export function StatusBar({ state, onStop }: { state: ChatState; onStop(): void }) {
  const { say } = useSpeech();
  const isOnline = useOnline();
  const turn = activeTurn(state.conversation);
  const isStopping = turn !== null && turn.id === state.stopping;
  const problem = isOnline ? state.isCut && say('reconnecting') : say('offline');
  return (
    <div class="status-bar">
      <span class="link-state">{problem && <span class="link-problem">{problem}</span>}</span>
      {turn && (
        <button type="button" class="stop" onClick={onStop} aria-disabled={isStopping} aria-label={say('stopReply')}>
          <StopIcon />
          {say(isStopping ? 'stopping' : 'stop')}
        </button>
      )}
    </div>
  );
}
