import type { Allow } from './allowance.js';
import type { Breakers } from './breaker.js';
import type { AgentKind } from './defineAgent.js';
import type { ModelClient } from './modelClient.js';
import type { Models } from './models.js';

/** How the agents of a process reach models. */
export interface ModelAccess {
  client: ModelClient;
  names: Models;
  /** Shared by all agents of the process. @default every model may always be asked */
  breakers?: Breakers;
  /** @default everything may be spent */
  allow?: Allow;
  /** Whether the model is somebody else's, so that it must not read personal data. @default false */
  isRemote?: boolean;
  /** Whether questions are looked up, or given to a person, while no model can be had. @default false: the turn fails */
  answersWithoutModel?: boolean;
  /** Hosts that links may lead to. @default none */
  linkHosts?: () => Promise<readonly string[]>;
  /** Told of what an agent was kept from. @default nobody is told */
  onDenied?: (denial: Denial) => Promise<void>;
}

/** Something that a model tried and was kept from. */
export interface Denial {
  sessionId: string;
  turnId: string;
  agent: AgentKind;
  action: 'agent.toolDenied' | 'agent.promptLeaked';
  /** The tool that was asked for, as far as it is one of ours or has the form of a name. */
  tool?: string;
  /** `notFound`: asked for something that is not there, or is another customer's. `refused`: proposed what a rule forbids. */
  why:
    | 'unknownTool'
    | 'wrongArguments'
    | 'tooLarge'
    | 'tooDeep'
    | 'tooMany'
    | 'repeated'
    | 'notFound'
    | 'refused'
    | 'promptLeaked';
}
