/**
 * Plays dialogues and says how well they end: `npm run eval`, or `npm run eval -- FILE…`. Without `--url` it starts a
 * platform with the demo shop for itself, with the offline model or, if ANTHROPIC_API_KEY is set, the real one. Ends with 1
 * if a dialogue does not go as expected, with 2 if it cannot be played. `eval/README.md` says what a dialogue is.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { rootFolder } from '../supergraph/src/folders.js';
import { Refusal } from './command.js';
import { readDialogues, type Dialogue } from './eval/dialogue.js';
import { play, type Played } from './eval/play.js';
import { reportOf, tablesOf } from './eval/report.js';
import { openStage, runningStage, type Stage } from './eval/stage.js';
import { showProgress } from './progress.js';

const usage = 'npm run eval -- [FILE…] [--only TEXT] [--quick] [--show] [--json FILE] [--url URL --token TOKEN]';

function readWish(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: '' },
      quick: { type: 'boolean', default: false },
      show: { type: 'boolean', default: false },
      json: { type: 'string' },
      url: { type: 'string' },
      token: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { url, token } = values;
  if (Boolean(url) !== Boolean(token))
    throw new Refusal(`--url needs an operator’s --token, from npm run token -- --role operator.\n${usage}`);
  const ours = ['english.json', 'chinese.json'].map((name) => path.join(rootFolder(), 'eval', name));
  return { ...values, files: positionals.length > 0 ? positionals : ours };
}

/** Plays one after the other, and tells at once of those that do not go as expected, or of all. */
async function playAll(stage: Stage, dialogues: readonly Dialogue[], showsAll: boolean): Promise<Played[]> {
  const progress = showProgress(process.stderr);
  const all: Played[] = [];
  for (const dialogue of dialogues) {
    progress.tell(`${all.length + 1} of ${dialogues.length}: ${dialogue.name}`);
    await stage.reset();
    const played = await play(stage, dialogue);
    if (showsAll || played.problems.length > 0) console.log(transcript(played));
    all.push(played);
  }
  progress.end();
  return all;
}

/** A dialogue as it went, for people. */
function transcript({ dialogue, steps, problems }: Played): string {
  const lines = steps.flatMap(({ step, reply }) => [
    'say' in step ? `> ${step.say}` : `> [${step.click}]`,
    reply.text || '(nothing)',
    `  (${[reply.status, ...reply.routes.map(({ intent }) => intent)].join(', ')})`,
  ]);
  const failed = problems.map((problem) => `FAILS: ${problem}`);
  return [`=== ${dialogue.name} (${dialogue.language})`, ...lines, ...failed, ''].join('\n');
}

async function main(): Promise<number> {
  const { files, only, quick, show, json, url, token } = readWish(process.argv.slice(2));
  const read = (await Promise.all(files.map(readDialogues))).flat();
  const dialogues = read.filter(
    (each) => each.name.toLowerCase().includes(only.toLowerCase()) && (!quick || each.quick),
  );
  if (dialogues.length === 0) throw new Refusal('No dialogue is so named.');
  const stage = url && token ? runningStage(url, token) : await openStage();
  try {
    const all = await playAll(stage, dialogues, show);
    const report = reportOf(all);
    console.log(tablesOf(report));
    if (json) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
    return report.total.asExpected < report.total.dialogues ? 1 : 0;
  } finally {
    await stage.close();
  }
}

// An interrupted run must not leave its database behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
try {
  process.exitCode = await main();
} catch (error) {
  const isOfArguments = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof Refusal) && !isOfArguments) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
