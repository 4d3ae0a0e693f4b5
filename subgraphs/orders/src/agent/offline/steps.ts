import { holds, type OfflineStep, type OfflineTurn, type ToolResult } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { questions, sentences } from './sentences.js';
import type { Thread } from './thread.js';

/** What a message is answered with: the turn, what led to it, and what the tools have said since the customer was recognised. */
export interface Scene extends OfflineTurn {
  thread: Thread;
}

/** The use of a tool with this input, if there was one. */
export function used(scene: Scene, tool: string, input: object | null = null): ToolResult | undefined {
  const wanted = input && JSON.stringify(input);
  return scene.results.findLast((each) => each.tool === tool && (!wanted || JSON.stringify(each.input) === wanted));
}

/** A step that uses one tool. */
export function call(name: string, input: object = {}): OfflineStep {
  return { call: [{ name, input }] };
}

/** A step that says sentences as paragraphs. */
export function say({ language }: Scene, ...parts: (Text | string)[]): OfflineStep {
  return { say: parts.map((part) => (typeof part === 'string' ? part : part[language])).filter(Boolean).join('\n\n') }; // prettier-ignore
}

/** Asks a question; who was asked it just before is offered a person too. */
export function ask(scene: Scene, question: Text, ...more: string[]): OfflineStep {
  const isRepeated = holds(scene.thread.lastReply, question);
  return say(scene, ...[question, ...more, ...(isRepeated ? [questions.offerPerson] : [])]);
}

/** What a tool's refusal or fault is answered with if nothing better is known. */
export function failedStep(scene: Scene): OfflineStep {
  return say(scene, sentences.failed, questions.offerPerson);
}
