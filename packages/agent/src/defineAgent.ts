import type { RouteJob } from './job.js';
import type { ModelSize } from './models.js';
import type { OfflinePlaybook } from './offline/playbook.js';
import type { Tool } from './tool.js';

/** The agents, as the schema's `AgentKind` names them. */
export type AgentKind = 'ROUTER' | 'FAQ' | 'ORDERS' | 'REFUNDS' | 'TECHSUPPORT';

export interface AgentLimits {
  /** Model calls in a turn. @default 6 */
  modelCalls: number;
  /** Tool calls in a turn. @default 8 */
  toolCalls: number;
  /** Tokens that one model call may write. @default 2_000 */
  maxTokens: number;
  /** Tokens that a large model may think beside them. @default 6_000 */
  thinkingTokens: number;
  /** Estimated tokens of earlier messages that the model is shown. @default 4_000 */
  historyTokens: number;
  /** From a model call to the first thing that the model writes, in ms. @default 8_000 */
  firstTokenMs: number;
  /** Between two things that the model writes, in ms. @default 10_000 */
  idleMs: number;
  /** The same while it thinks. @default 20_000 */
  thinkingMs: number;
  /** The whole turn with its tools, in ms. @default 45_000 */
  totalMs: number;
}

export const defaultLimits: Readonly<AgentLimits> = {
  modelCalls: 6,
  toolCalls: 8,
  maxTokens: 2_000,
  thinkingTokens: 6_000,
  historyTokens: 4_000,
  firstTokenMs: 8_000,
  idleMs: 10_000,
  thinkingMs: 20_000,
  totalMs: 45_000,
};

/** An agent is a value: a prompt, a model and tools. */
export interface Agent<Services> {
  kind: AgentKind;
  prompt: string;
  model: ModelSize;
  tools(services: Services, job: RouteJob): readonly Tool[];
  limits: Readonly<AgentLimits>;
  offline: OfflinePlaybook;
}

export interface AgentDefinition<Services> {
  kind: AgentKind;
  /** The text of `prompt.md`. It is sent byte for byte, so that the model's provider can cache it. */
  prompt: string;
  model: ModelSize;
  /** The tools of one turn. They close over the services and the job, so that no tool needs to be told who is asking. */
  tools(services: Services, job: RouteJob): readonly Tool[];
  /** Limits that differ from {@link defaultLimits}. */
  limits?: Partial<AgentLimits>;
  /** How it answers without a model. */
  offline: OfflinePlaybook;
}

/** Defines an agent. */
export function defineAgent<Services>(definition: AgentDefinition<Services>): Agent<Services> {
  return { ...definition, limits: { ...defaultLimits, ...definition.limits } };
}
