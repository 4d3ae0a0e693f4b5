import { languageOfText, type Language } from '@supportgraph/kernel';
import { languageInstruction, readNote } from '../conversation.js';
import { messagesApi, type Pace, type Play } from './messagesApi.js';
import type { OfflinePlaybook, OfflineStep, OfflineTurn, ToolResult } from './playbook.js';
import { apiErrors, blocksOf, type MessagesRequest, type Reply, type RequestBlock } from './protocol.js';

/**
 * A Messages API server of ours as a `fetch` function, for the SDK. It finds the playbook of the agent (or of triage) by the
 * system prompt and plays it: it reads the message, uses the tools and answers from what they return. It never pretends to
 * be another model; use it with `offlineModels`.
 */
export function offlineModel(playbooks: ReadonlyMap<string, OfflinePlaybook>, pace?: Pace): typeof fetch {
  return messagesApi((request): Play => {
    const [prompt, ...instructions] = systemTexts(request);
    const playbook = playbooks.get(prompt ?? '');
    if (!playbook) return { kind: 'error', error: apiErrors.invalid('system: no playbook for this prompt') };
    return { kind: 'reply', reply: replyOf(playbook(readTurn(request, instructions))), pace };
  });
}

function systemTexts({ system }: MessagesRequest): string[] {
  return typeof system === 'string' ? [system] : system.map(({ text }) => text);
}

function replyOf(step: OfflineStep): Reply {
  if ('json' in step) return { blocks: [{ type: 'text', text: JSON.stringify(step.json) }], stopReason: 'end_turn' };
  const said = step.say ? [{ type: 'text' as const, text: step.say }] : [];
  if (!('call' in step)) return { blocks: said, stopReason: 'end_turn' };
  const calls = step.call.map(({ name, input }) => ({ type: 'tool_use' as const, name, json: JSON.stringify(input) }));
  return { blocks: [...said, ...calls], stopReason: 'tool_use' };
}

/** Reads the conversation out of the request. */
function readTurn({ messages }: MessagesRequest, instructions: string[]): OfflineTurn {
  const spoken = messages.map(({ role, content }) => ({ role, blocks: blocksOf(content) }));
  const asked = spoken.findLastIndex(({ role, blocks }) => role === 'user' && !blocks.some(isResult));
  const [message, noteBlock] = spoken[asked]!.blocks;
  const note = readNote(noteBlock?.text);
  const text = note.answerOnly ?? message?.text ?? '';
  return {
    language: languageIn(instructions) ?? languageOfText(text),
    text,
    entities: note.found ?? [],
    history: spoken.slice(0, asked).map(({ role, blocks }) => ({
      author: role === 'user' ? ('CUSTOMER' as const) : ('ASSISTANT' as const),
      text: blocks.map((block) => block.text ?? '').join(''),
    })),
    results: readResults(spoken.slice(asked + 1).flatMap(({ blocks }) => blocks)),
  };
}

const isResult = ({ type }: RequestBlock) => type === 'tool_result';

function languageIn(instructions: string[]): Language | undefined {
  const known = Object.entries(languageInstruction).find(([, instruction]) => instructions.includes(instruction));
  return known?.[0] as Language | undefined;
}

function readResults(blocks: RequestBlock[]): ToolResult[] {
  return blocks.filter(isResult).flatMap((result): ToolResult[] => {
    const call = blocks.find(({ type, id }) => type === 'tool_use' && id === result.tool_use_id);
    if (!call?.name) return [];
    return [
      { tool: call.name, input: call.input, output: readOutput(result.content), failed: result.is_error === true },
    ];
  });
}

function readOutput(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}
