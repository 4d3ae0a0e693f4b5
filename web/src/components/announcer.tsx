import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../conversation/chat.js';
import { useSpeech } from '../text/speech.js';
import { announcementsOf } from '../view/announce.js';

/** Older ones were said long ago. */
const kept = 5;

/** The one place from which a screen reader is told of changes. */
export function Announcer({ state }: { state: ChatState }) {
  const speech = useSpeech();
  const before = useRef(state);
  const [said, setSaid] = useState<readonly { id: number; text: string }[]>([]);
  useEffect(() => {
    const news = announcementsOf(before.current, state, speech);
    before.current = state;
    if (news.length === 0) return;
    setSaid((held) => {
      const next = (held.at(-1)?.id ?? 0) + 1;
      return [...held, ...news.map((text, index) => ({ id: next + index, text }))].slice(-kept);
    });
  }, [state]);
  return (
    <div class="unseen" role="status" aria-live="polite" aria-relevant="additions" aria-atomic="false">
      {said.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
