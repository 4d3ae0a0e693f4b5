import { ToolError } from '@anthropic-ai/sdk/lib/tools/ToolError';
import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool';
import type { Logger } from '@supportgraph/kernel';
import { untilAborted } from './deadline.js';
import type { ReplyWriter } from './job.js';
import type { ArgumentGuard } from './guard/arguments.js';
import type { Vault } from './guard/vault.js';
import type { Denial } from './modelAccess.js';
import { ToolEnding, ToolRefusal, type PreparedCall, type Tool } from './tool.js';

/** Arguments longer than this, as JSON, are refused unread. */
const maxArgumentCharacters = 8_000;

/** Arguments nested deeper than this are refused unread. */
const maxDepth = 12;

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
  /** Counts these calls; false if they are more than the turn allows, one is made again and again, or none may follow. */
  allow(calls: readonly AskedCall[], mayFollow: boolean): Promise<boolean>;
  /** Set once a tool has ended the agent's work. */
  readonly ending: ToolEnding | null;
  /** Whether a tool has answered in this turn. */
  readonly hasAnswered: boolean;
}

export interface ToolboxOptions {
  writer: ReplyWriter;
  /** Tool calls that the turn may make. */
  limit: number;
  signal: AbortSignal;
  log: Logger;
  vault: Vault;
  /** What may be in the arguments. */
  guard: ArgumentGuard;
  /** Told of each call that is kept from running, or asks for what this customer may not see. */
  onDenied(denial: Pick<Denial, 'tool' | 'why'>): Promise<void>;
}

/** Makes the {@link Toolbox} of a turn. */
export function toolbox(tools: readonly Tool[], options: ToolboxOptions): Toolbox {
  const { limit } = options;
  const times = new Map<string, number>();
  let made = 0;
  let ending: ToolEnding | null = null;
  let hasAnswered = false;

  const forSdk = (tool: Tool): SdkTool => ({
    type: 'custom',
    name: tool.name,
    description: tool.description,
    input_schema: tool.input.jsonSchema,
    // The SDK's own way would show the model the parser's error; `use` checks, shows and logs in our words.
    parse: (input) => input as Record<string, unknown>,
    run: async (input) => {
      const answer = await use(tool, input, options).catch((error: unknown) => {
        throw error instanceof ToolError ? error : masked(error, tool, options);
      });
      hasAnswered = true;
      if (answer instanceof ToolEnding) ending ??= answer;
      return answer instanceof ToolEnding ? 'Done.' : answer;
    },
  });

  return {
    tools: tools.map(forSdk),
    get ending() {
      return ending;
    },
    get hasAnswered() {
      return hasAnswered;
    },
    async allow(calls, mayFollow) {
      made += calls.length;
      if (made > limit || !mayFollow) {
        // One row for all of them: a model may ask for thousands.
        if (calls[0]) await deny(options, calls[0].name, 'tooMany');
        return false;
      }
      let isCircling = false;
      for (const { name, input } of calls) {
        if (!tools.some((tool) => tool.name === name)) await deny(options, name, 'unknownTool');
        // What is too deep may be too deep for JSON.stringify too.
        const call = `${name} ${isDeep(input) ? 'deep' : JSON.stringify(input)}`;
        times.set(call, (times.get(call) ?? 0) + 1);
        if (times.get(call)! <= maxSameCalls) continue;
        if (!isCircling) await deny(options, name, 'repeated');
        isCircling = true;
      }
      return !isCircling;
    },
  };
}

const toolFailed = 'The tool failed. Do not say why; offer what you can do without it.';

/** A fault of ours beside the tool, such as a record that could not be kept: logged, and the model is told no more than that. */
function masked(error: unknown, { name }: Tool, { log }: ToolboxOptions): ToolError {
  log.error({ tool: name, err: error }, 'tool call failed');
  return new ToolError(toolFailed);
}

/** Checks the arguments and runs the tool. What goes wrong is thrown as the error result that the model may see. */
async function use(tool: Tool, input: unknown, options: ToolboxOptions): Promise<string | ToolEnding> {
  if (isDeep(input)) {
    await deny(options, tool.name, 'tooDeep');
    throw new ToolError('The arguments do not fit. They are nested too deeply.');
  }
  if (JSON.stringify(input).length > maxArgumentCharacters) {
    await deny(options, tool.name, 'tooLarge');
    throw new ToolError('The arguments are too long.');
  }
  const guarded = options.guard(options.vault.revealIn(input));
  if (!guarded) {
    await deny(options, tool.name, 'promptLeaked');
    throw new ToolError('The arguments do not fit.');
  }
  const prepared = tool.prepare(guarded.input);
  if (!prepared.ok) {
    await deny(options, tool.name, 'wrongArguments');
    throw new ToolError(`The arguments do not fit. ${options.vault.hide(prepared.problem)}`);
  }
  return run(tool.name, prepared.call, options);
}

/** Whether a value is nested too deeply to be looked at further. */
function isDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= maxDepth || Object.values(value).some((inner) => isDeep(inner, depth + 1));
}

async function deny({ log, onDenied }: ToolboxOptions, name: string, why: Denial['why']): Promise<void> {
  // A model may write anything for a name.
  const tool = /^[\w-]{1,64}$/.test(name) ? name : undefined;
  // What customers may well ask for in vain is no reason to look at the model.
  log[why === 'notFound' || why === 'refused' ? 'info' : 'warn']({ tool, why }, 'tool call denied');
  await onDenied({ tool, why });
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
    throw failed(null, toolFailed);
  }
  if (answer instanceof ToolRefusal) {
    const isHidden = answer.errors.some(({ code }) => code === 'NOT_FOUND');
    if (isHidden || answer.isDenial) await deny(options, name, isHidden ? 'notFound' : 'refused');
    const errors = answer.errors.map(({ code, message }) => ({ code, message: message.en }));
    throw failed(errors, JSON.stringify(options.vault.hideIn(errors)));
  }
  const result = answer instanceof ToolEnding ? answer.outcome : answer;
  writer.toolFinished(id, { status: 'SUCCEEDED', result });
  log.info({ tool: name, ms: Math.round(performance.now() - startedAt) }, 'tool finished');
  // As JSON first: what is hidden is hidden as the model would read it.
  return answer instanceof ToolEnding ? answer : JSON.stringify(options.vault.hideIn(asJson(answer ?? null)));
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
