import type { AgentKind, Citation, Part } from '../api/types.js';
import { useSpeech } from '../text/speech.js';
import { agentName } from '../view/names.js';
import { MarkdownText } from './markdownText.js';
import { OrderCard } from './orderCard.js';
import { ProposalCard } from './proposalCard.js';

/** Parts of a reply, those of one agent together under its name. */
export function ReplyParts({ parts, isFinal }: { parts: readonly Part[]; isFinal: boolean }) {
  return (
    <>
      {byAgent(parts).map((group) => (
        <AgentGroup key={group.parts[0]!.id} {...group} isFinal={isFinal} />
      ))}
    </>
  );
}

interface Group {
  agent: AgentKind | null;
  parts: readonly Part[];
}

function AgentGroup({ agent, parts, isFinal }: Group & { isFinal: boolean }) {
  const speech = useSpeech();
  return (
    <section class="agent" data-agent={agent ?? 'HANDOFF'}>
      <h3 class="agent-name">{agentName(agent ?? 'HANDOFF', speech)}</h3>
      {parts.map((part, index) => (
        // An agent begins a part when the one before is whole.
        <ReplyPart key={part.id} part={part} isFinal={isFinal || index < parts.length - 1} />
      ))}
    </section>
  );
}

function ReplyPart({ part, isFinal }: { part: Part; isFinal: boolean }) {
  switch (part.__typename) {
    case 'TextPart':
      return (
        <>
          <MarkdownText text={part.text} isFinal={isFinal} />
          {part.citations.length > 0 && <Sources citations={part.citations} />}
        </>
      );
    case 'OrderPart':
      return <OrderCard order={part.order} />;
    case 'ActionPart':
      return <ProposalCard proposal={part.proposal} />;
  }
}

function Sources({ citations }: { citations: readonly Citation[] }) {
  const { say } = useSpeech();
  return (
    <ol class="sources" aria-label={say('sources')}>
      {citations.map(({ number, title }) => (
        <li key={number}>
          <span class="source-number">{number}</span> {title}
        </li>
      ))}
    </ol>
  );
}

function byAgent(parts: readonly Part[]): Group[] {
  const groups: { agent: AgentKind | null; parts: Part[] }[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last && last.agent === part.agent) last.parts.push(part);
    else groups.push({ agent: part.agent, parts: [part] });
  }
  return groups;
}
