import { createContext } from 'preact';
import { useContext, useRef } from 'preact/hooks';
import type { Proposal } from '../api/types.js';
import type { Decision } from '../conversation/chat.js';
import { useSpeech } from '../text/speech.js';
import type { Word } from '../text/table.js';

const statusWords: Readonly<Record<Proposal['status'], Word>> = {
  PENDING: 'proposalPending',
  CONFIRMED: 'proposalConfirmed',
  EXECUTED: 'proposalExecuted',
  FAILED: 'proposalFailed',
  DECLINED: 'proposalDeclined',
  EXPIRED: 'proposalExpired',
};

/** How proposals stand, and the way to answer them. */
export interface Deciding {
  proposals: ReadonlyMap<string, Proposal>;
  decisions: ReadonlyMap<string, Decision>;
  decide(proposalId: string, agrees: boolean): void;
}

export const DecidingContext = createContext<Deciding>({ proposals: new Map(), decisions: new Map(), decide() {} });

/** What an agent proposes to do, with all that is agreed to, and the two answers. */
export function ProposalCard({ proposal: read }: { proposal: Proposal }) {
  const { say } = useSpeech();
  const { proposals, decisions, decide } = useContext(DecidingContext);
  const card = useRef<HTMLElement>(null);
  const proposal = proposals.get(read.id) ?? read;
  const { id, title, status, lines } = proposal;
  const answer = (agrees: boolean) => {
    // The buttons will be gone: whoever uses the keyboard stays here.
    card.current?.focus({ preventScroll: true });
    decide(id, agrees);
  };
  return (
    <section class="card proposal" ref={card} tabIndex={-1} aria-label={`${say('proposal')}: ${title}`}>
      <header class="card-head">
        <h3>{title}</h3>
        <span class="pill" data-status={status}>
          {say(statusWords[status])}
        </span>
      </header>
      <dl class="card-lines">
        {lines.map(({ label, value }, index) => (
          <div key={index}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {status === 'PENDING' && <Answers proposal={proposal} decision={decisions.get(id) ?? null} onAnswer={answer} />}
    </section>
  );
}

interface AnswersProps {
  proposal: Proposal;
  decision: Decision | null;
  onAnswer(agrees: boolean): void;
}

function Answers({ proposal, decision, onAnswer }: AnswersProps) {
  const { say, time } = useSpeech();
  const isSending = decision?.kind === 'sending';
  return (
    <>
      <p class="proposal-note">{say('validUntil', { time: time(new Date(proposal.expiresAt), new Date()) })}</p>
      <div class="proposal-answers">
        <button type="button" class="button primary" disabled={isSending} onClick={() => onAnswer(true)}>
          {say('confirm')}
        </button>
        <button type="button" class="button" disabled={isSending} onClick={() => onAnswer(false)}>
          {say('decline')}
        </button>
      </div>
      {decision?.kind === 'failed' && (
        <p class="failure" role="alert">
          {decision.reason ?? say('notDecided')}
        </p>
      )}
    </>
  );
}
