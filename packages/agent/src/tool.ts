import type { Text, UserError } from '@supportgraph/kernel';
import { z } from 'zod';
import type { HandoffReason, RouteOutcome } from './job.js';
import type { ToolInput } from './toolInput.js';

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
  constructor(
    readonly errors: readonly UserError[],
    /** Whether the wish would have had an effect: then that it was refused is recorded. */
    readonly isDenial = false,
  ) {}
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

/** The arguments of a call, once they are found to fit. */
type Arguments<Shape extends z.ZodRawShape> = z.infer<ToolInput<Shape>['schema']>;

export interface ToolDefinition<Shape extends z.ZodRawShape> {
  /** For the model and the record, for example `get_order`. */
  name: string;
  /** For the model: when to use it and when not. */
  description: string;
  /** For the customer while it runs, for example “Looking up order #W1000001”. */
  label: Text | ((input: Arguments<Shape>) => Text);
  /** The arguments, by `toolInput`. Never a customer id. */
  input: ToolInput<Shape>;
  /**
   * One service method, then little of what it returned: plain JSON, {@link refuse} or {@link handOff}.
   * What it throws is logged, and the model only learns that the tool failed.
   */
  run(input: Arguments<Shape>, call: { signal: AbortSignal }): Promise<unknown>;
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
  input: ToolInput;
  /** Checks the model's arguments; an error names what does not fit. */
  prepare(input: unknown): { ok: true; call: PreparedCall } | { ok: false; problem: string };
}

/** Defines a tool of an agent. */
export function tool<Shape extends z.ZodRawShape>(definition: ToolDefinition<Shape>): Tool {
  const { name, description, label, input, run } = definition;
  return {
    name,
    description,
    input,
    prepare(given) {
      const parsed = input.schema.safeParse(given);
      if (!parsed.success) return { ok: false, problem: z.prettifyError(parsed.error) };
      const { data } = parsed;
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
