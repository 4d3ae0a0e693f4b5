import type { Message } from '../api/types.js';
import { textOf, type PendingMessage, type TurnState } from '../conversation/state.js';
import { useSpeech } from '../text/speech.js';
import { nameOf } from '../view/names.js';
import { WarningIcon } from './icons.js';
import { MarkdownText } from './markdownText.js';
import { ReplyParts } from './replyParts.js';
import { TurnStatus } from './turnStatus.js';

/** A message as the server has it. */
export function MessageItem({ message, turn }: { message: Message; turn: TurnState | null }) {
  switch (message.author.kind) {
    case 'CUSTOMER':
      return <OwnMessage message={message} />;
    case 'ASSISTANT':
      return <Reply message={message} turn={turn} />;
    case 'STAFF':
      return <StaffMessage message={message} />;
    case 'SYSTEM':
      return <p class="notice">{textOf(message)}</p>;
  }
}

function OwnMessage({ message }: { message: Message }) {
  const { say } = useSpeech();
  return (
    <article class="message own" aria-label={say('you')}>
      <p class="bubble">{textOf(message)}</p>
      <p class="message-foot">
        <SaidAt message={message} />
      </p>
    </article>
  );
}

function Reply({ message, turn }: { message: Message; turn: TurnState | null }) {
  const speech = useSpeech();
  const isWriting = message.status === 'STREAMING';
  return (
    <article class="message reply" aria-label={nameOf(message, speech)} aria-busy={isWriting}>
      <ReplyParts parts={message.parts} isFinal={!isWriting} />
      <div class="message-foot">
        {isWriting && turn ? (
          <TurnStatus turn={turn} isWriting={message.parts.length > 0} />
        ) : (
          <Ending message={message} />
        )}
      </div>
    </article>
  );
}

function Ending({ message }: { message: Message }) {
  const { say } = useSpeech();
  return (
    <p>
      <SaidAt message={message} />
      {message.status === 'INCOMPLETE' && (
        <span class="foot-note">{say(message.turn?.status === 'CANCELLED' ? 'stopped' : 'incomplete')}</span>
      )}
    </p>
  );
}

function StaffMessage({ message }: { message: Message }) {
  const speech = useSpeech();
  return (
    <article class="message reply" aria-label={nameOf(message, speech)}>
      <section class="agent" data-agent="HANDOFF">
        <h3 class="agent-name">{nameOf(message, speech)}</h3>
        <MarkdownText text={textOf(message)} isFinal />
      </section>
      <p class="message-foot">
        <SaidAt message={message} />
      </p>
    </article>
  );
}

function SaidAt({ message: { createdAt } }: { message: Message }) {
  const { time } = useSpeech();
  if (createdAt === '') return null;
  return <time dateTime={createdAt}>{time(new Date(createdAt), new Date())}</time>;
}

/** A message that the server does not have yet. */
export function PendingItem({ message, onRetry }: { message: PendingMessage; onRetry(clientKey: string): void }) {
  const { say } = useSpeech();
  const { text, state, clientKey } = message;
  const hasFailed = state.kind === 'failed';
  return (
    <article class={`message own ${hasFailed ? 'failed' : 'sending'}`} aria-label={say('you')}>
      <p class="bubble">{text}</p>
      <div class="message-foot">
        {hasFailed ? (
          <p class="failure">
            <WarningIcon />
            <span>{state.reason ?? say('notSent')}</span>
            <button type="button" class="link-button" onClick={() => onRetry(clientKey)}>
              {say('retry')}
            </button>
          </p>
        ) : (
          <p>{say('sending')}</p>
        )}
      </div>
    </article>
  );
}
