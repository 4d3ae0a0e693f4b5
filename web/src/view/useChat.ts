import { useEffect, useState } from 'preact/hooks';
import type { Chat, ChatState } from '../conversation/chat.js';

/** The chat as it is now; shown again with every change. */
export function useChat(chat: Chat): ChatState {
  const [state, setState] = useState(() => chat.read());
  useEffect(() => {
    setState(chat.read());
    return chat.subscribe(() => setState(chat.read()));
  }, [chat]);
  return state;
}
