import type { Text, UserError } from '@supportgraph/kernel';
import { z } from 'zod';
import type { HandoffReason, RouteOutcome } from './job.js';

/** A tool's answer that ends the agent's work: no further model call is made. */
export class ToolEnding {
  constructor(
    readonly outcome: RouteOutcome,
    /** What the customer is told; null if the tool or the model has said enough. */
    readonly say: Text | null,
  ) {}
}

/** A tool's answer that its wish was refused; the model reads code and sentence of each error. */
export class ToolRefusal {
  constructor(readonly errors: readonly UserError[]) {}
}

const passingOn: Text = {
  en: 'I am passing you on to a colleague, who will read our conversation and answer you here.',
  'zh-Hant': '我已將對話轉給同事，他們會閱讀我們的對話並在這裡回覆您。',
};

/** Ends the agent's work and gives the session to a person. Return it from a tool's `run`. */
export function handOff(reason: HandoffReason, summary: string, say: Text | null = passingOn): ToolEnding {
  return new ToolEnding({ kind: 'handedOff', reason, summary }, say);
}

/** Tells the model why its wish was refused. Return it from a tool's `run` for the errors of a service's `Result`. */
export function refuse(errors: readonly UserError[]): ToolRefusal {
  return new ToolRefusal(errors);
}

export interface ToolDefinition<Input extends z.ZodObject> {
  /** For the model and the record, for example `get_order`. */
  name: string;
  /** For the model: when to use it and when not. */
  description: string;
  /** For the customer while it runs, for example “Looking up order #W1000001”. */
  label: Text | ((input: z.infer<Input>) => Text);
  /** The arguments. Properties that are not named here are refused, whatever the schema says. Never a customer id. */
  input: Input;
  /**
   * One service method, then little of what it returned: plain JSON, {@link refuse} or {@link handOff}.
   * What it throws is logged, and the model only learns that the tool failed.
   */
  run(input: z.infer<Input>, call: { signal: AbortSignal }): Promise<unknown>;
}

/** A tool whose arguments have been found to fit, ready to run. */
export interface PreparedCall {
  label: Text;
  arguments: unknown;
  run(call: { signal: AbortSignal }): Promise<unknown>;
}

/** A tool as the agent loop sees it. */
export interface Tool {
  name: string;
  description: string;
  input: z.ZodObject;
  /** Checks the model's arguments; an error names what does not fit. */
  prepare(input: unknown): { ok: true; call: PreparedCall } | { ok: false; problem: string };
}

/** Defines a tool of an agent. */
export function tool<Input extends z.ZodObject>(definition: ToolDefinition<Input>): Tool {
  const { name, description, label, run } = definition;
  const strict = definition.input.strict();
  return {
    name,
    description,
    input: strict,
    prepare(input) {
      const parsed = strict.safeParse(input);
      if (!parsed.success) return { ok: false, problem: z.prettifyError(parsed.error) };
      // `strict` only refuses more than `definition.input`; the type of what it lets through is the same.
      const data = parsed.data as z.infer<Input>;
      return {
        ok: true,
        call: {
          label: typeof label === 'function' ? label(data) : label,
          arguments: data,
          run: (call) => run(data, call),
        },
      };
    },
  };
}
