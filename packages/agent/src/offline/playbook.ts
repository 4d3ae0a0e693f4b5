import type { Language } from '@supportgraph/kernel';
import type { Entity } from '../job.js';

/** A use of a tool since the customer's message. */
export interface ToolResult {
  tool: string;
  input: unknown;
  /** What the tool answered, read as JSON where it is. */
  output: unknown;
  /** Whether the arguments did not fit, the wish was refused or the tool failed; `output` says which. */
  failed: boolean;
}

/** What the offline model knows of the conversation, all of it read from the request that the SDK sent. */
export interface OfflineTurn {
  /** The language to answer in. */
  language: Language;
  /** What to answer: the customer's message, or the part of it that is for this agent. */
  text: string;
  /** Order numbers and the like that triage found in the whole message. */
  entities: readonly Entity[];
  /** What was said before, oldest first; the staff's words count as the assistant's. */
  history: readonly { author: 'CUSTOMER' | 'ASSISTANT'; text: string }[];
  /** What the tools answered since the customer's message, in order. */
  results: readonly ToolResult[];
}

/** The next step: say the answer, use tools (and be asked again with their results), or decide in JSON (triage). */
export type OfflineStep =
  { say: string } | { call: readonly { name: string; input: object }[]; say?: string } | { json: unknown };

/** How an agent answers without a model: a pure function from the conversation to the next step. */
export type OfflinePlaybook = (turn: OfflineTurn) => OfflineStep;
