import { ToolError } from '@anthropic-ai/sdk/lib/tools/ToolError';
import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import type { Logger } from '@supportgraph/kernel';
import { untilAborted } from './deadline.js';
import type { ReplyWriter } from './job.js';
import { ToolEnding, ToolRefusal, type PreparedCall, type Tool } from './tool.js';

/** Arguments longer than this, as JSON, are refused unread. */
const maxArgumentCharacters = 8_000;

/** How often the same call may be made in a turn. */
const maxSameCalls = 2;

/** A tool call as the model wrote it. */
export interface AskedCall {
  name: string;
  input: unknown;
}

type SdkTool = BetaRunnableTool<Record<string, unknown>>;

/** The tools of one turn, in the SDK's form, with what the turn allows of them. */
export interface Toolbox {
  readonly tools: SdkTool[];
  /** Counts these calls; false if they are more than the turn allows, or one is made again and again. */
  allow(calls: readonly AskedCall[]): boolean;
  /** Set once a tool has ended the agent's work. */
  readonly ending: ToolEnding | null;
}

export interface ToolboxOptions {
  writer: ReplyWriter;
  /** Tool calls that the turn may make. */
  limit: number;
  signal: AbortSignal;
  log: Logger;
}

/** Makes the {@link Toolbox} of a turn. */
export function toolbox(tools: readonly Tool[], options: ToolboxOptions): Toolbox {
  const { limit, log } = options;
  const times = new Map<string, number>();
  let made = 0;
  let ending: ToolEnding | null = null;

  const forSdk = (tool: Tool): SdkTool =>
    Object.assign(
      betaZodTool({
        name: tool.name,
        description: tool.description,
        inputSchema: tool.input,
        run: async (input) => {
          const answer = await use(tool, input, options);
          if (answer instanceof ToolEnding) ending ??= answer;
          return answer instanceof ToolEnding ? 'Done.' : answer;
        },
      }),
      // The SDK would show the model the parser's own error; `use` checks, shows and logs in our words.
      { parse: (input: unknown) => input as Record<string, unknown> },
    );

  return {
    tools: tools.map(forSdk),
    get ending() {
      return ending;
    },
    allow(calls) {
      made += calls.length;
      let circling = false;
      for (const { name, input } of calls) {
        if (!tools.some((tool) => tool.name === name)) log.warn({ tool: name }, 'unknown tool asked for');
        const call = `${name} ${JSON.stringify(input)}`;
        times.set(call, (times.get(call) ?? 0) + 1);
        circling ||= times.get(call)! > maxSameCalls;
      }
      return made <= limit && !circling;
    },
  };
}

/** Checks the arguments and runs the tool. What goes wrong is thrown as the error result that the model may see. */
async function use(tool: Tool, input: unknown, options: ToolboxOptions): Promise<string | ToolEnding> {
  const { log } = options;
  if (JSON.stringify(input).length > maxArgumentCharacters) {
    log.warn({ tool: tool.name }, 'tool arguments too long');
    throw new ToolError('The arguments are too long.');
  }
  const prepared = tool.prepare(input);
  if (!prepared.ok) {
    log.warn({ tool: tool.name }, 'tool arguments refused');
    throw new ToolError(`The arguments do not fit. ${prepared.problem}`);
  }
  return run(tool.name, prepared.call, options);
}

async function run(name: string, call: PreparedCall, options: ToolboxOptions): Promise<string | ToolEnding> {
  const { writer, signal, log } = options;
  const startedAt = performance.now();
  const id = writer.toolStarted({ name, label: call.label, arguments: call.arguments });
  const failed = (result: unknown, text: string) => {
    writer.toolFinished(id, { status: 'FAILED', result });
    log.info({ tool: name, ms: Math.round(performance.now() - startedAt), failed: true }, 'tool finished');
    return new ToolError(text);
  };

  let answer: unknown;
  try {
    answer = await untilAborted(call.run({ signal }), signal);
  } catch (error) {
    if (!signal.aborted) log.error({ tool: name, err: error }, 'tool failed');
    throw failed(null, 'The tool failed. Do not say why; offer what you can do without it.');
  }
  if (answer instanceof ToolRefusal) {
    const errors = answer.errors.map(({ code, message }) => ({ code, message: message.en }));
    throw failed(errors, JSON.stringify(errors));
  }
  const result = answer instanceof ToolEnding ? answer.outcome : answer;
  writer.toolFinished(id, { status: 'SUCCEEDED', result });
  log.info({ tool: name, ms: Math.round(performance.now() - startedAt) }, 'tool finished');
  return answer instanceof ToolEnding ? answer : JSON.stringify(answer ?? null);
}
