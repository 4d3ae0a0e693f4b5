import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Message } from '../api/types.js';
import type { Chat, ChatState } from '../conversation/chat.js';
import { type Conversation, textOf, type TurnState } from '../conversation/state.js';
import { useSpeech } from '../text/speech.js';
import { useBottom } from '../view/useBottom.js';
import { DownIcon } from './icons.js';
import { MessageItem, PendingItem } from './messageItem.js';
import { QueueCard } from './queueCard.js';
import { FailedTurn, WaitingTurn } from './unansweredTurn.js';
import { Welcome } from './welcome.js';

/** What was said, and what is on its way. */
export function MessageLog({ chat, state, onSay }: { chat: Chat; state: ChatState; onSay(text: string): void }) {
  const { say } = useSpeech();
  const { scroller, content, isAtBottom, goToBottom, holdPlace } = useBottom();
  const { conversation, isOpening } = state;
  const doings = conversation.pending.length + state.decisions.size;
  const doingsBefore = useRef(doings);
  useEffect(() => {
    // Whoever says or decides something wants to see what comes of it.
    if (doings > doingsBefore.current) goToBottom();
    doingsBefore.current = doings;
  }, [doings]);
  const isEmpty = conversation.messages.length + conversation.pending.length === 0;
  return (
    <div class="log-frame">
      <div class="log" ref={scroller} tabIndex={0} role="region" aria-label={say('conversation')}>
        <div class="log-content column" ref={content}>
          {isOpening && <p class="log-note">{say('opening')}</p>}
          {state.hasLostSession && <p class="notice">{say('lost')}</p>}
          {isEmpty && !isOpening && <Welcome onSay={onSay} />}
          {conversation.earlier !== null && <Earlier chat={chat} holdPlace={holdPlace} />}
          <Messages conversation={conversation} onSay={onSay} />
          {conversation.pending.map((message) => (
            <PendingItem key={message.clientKey} message={message} onRetry={chat.retry} />
          ))}
          {conversation.status === 'WAITING_FOR_STAFF' && <QueueCard handoff={conversation.handoff} />}
        </div>
      </div>
      {!isAtBottom && (
        <button type="button" class="to-latest" onClick={goToBottom} aria-label={say('latest')} title={say('latest')}>
          <DownIcon />
        </button>
      )}
    </div>
  );
}

const underWay: Partial<Record<TurnState['status'], true>> = { QUEUED: true, RUNNING: true };

function Messages({ conversation, onSay }: { conversation: Conversation; onSay(text: string): void }) {
  const { messages, turns } = conversation;
  const answered = new Set(
    messages.flatMap(({ author, turn }) => (author.kind === 'ASSISTANT' && turn ? turn.id : [])),
  );
  // A turn that carries out what was confirmed answers no message.
  const said = new Set(messages.map(({ turn }) => turn?.id));
  const carriedOut = [...turns.values()].filter(({ id, status }) => !said.has(id) && status in underWay);
  return (
    <>
      {messages.map((message) => (
        <Row
          // A message of one's own keeps its place when the server has it.
          key={message.clientKey ?? message.id}
          message={message}
          turn={turns.get(message.turn?.id ?? '') ?? null}
          isAnswered={answered.has(message.turn?.id ?? '')}
          onSay={onSay}
        />
      ))}
      {carriedOut.map((turn) => (
        <WaitingTurn key={turn.id} turn={turn} />
      ))}
    </>
  );
}

interface RowProps {
  message: Message;
  turn: TurnState | null;
  isAnswered: boolean;
  onSay(text: string): void;
}

/** A message, and what becomes of it while there is no reply. Shown again only if it has changed: a reply grows many times a second. */
function Row({ message, turn, isAnswered, onSay }: RowProps) {
  const { language } = useSpeech();
  return useMemo(
    () => (
      <>
        <MessageItem message={message} turn={turn} />
        {message.author.kind === 'CUSTOMER' && turn && !isAnswered && (
          <Unanswered turn={turn} onAskAgain={() => onSay(textOf(message))} />
        )}
      </>
    ),
    [message, turn, isAnswered, onSay, language],
  );
}

function Unanswered({ turn, onAskAgain }: { turn: TurnState; onAskAgain(): void }) {
  switch (turn.status) {
    case 'QUEUED':
    case 'RUNNING':
      return <WaitingTurn turn={turn} />;
    case 'CANCELLED':
    case 'FAILED':
      return <FailedTurn turn={turn} onAskAgain={onAskAgain} />;
    case 'AWAITING_CONFIRMATION':
    case 'COMPLETED':
    case 'HANDED_OFF':
      return null;
  }
}

function Earlier({ chat, holdPlace }: { chat: Chat; holdPlace(): void }) {
  const { say } = useSpeech();
  const [state, setState] = useState<'idle' | 'reading' | 'failed'>('idle');
  const read = async () => {
    setState('reading');
    holdPlace();
    await chat.readEarlier().then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <button type="button" class="earlier" disabled={state === 'reading'} onClick={() => void read()}>
      {say(state === 'failed' ? 'earlierFailed' : 'earlier')}
    </button>
  );
}
