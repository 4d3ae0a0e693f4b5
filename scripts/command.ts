import { ConfigError } from '../supergraph/src/config.js';

/** The command cannot do what it was asked to: one line for the person who asked. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** Runs a command; whatever stops it is told in words on stderr, and the process ends with 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(linesOf(error).join('\n'));
    process.exitCode = 1;
  }
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems;
  if (!(error instanceof Error)) return [String(error)];
  const isOfArguments = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return [error instanceof Refusal || isOfArguments ? error.message : (error.stack ?? error.message)];
}
