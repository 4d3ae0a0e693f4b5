import type { Played, PlayedStep } from './play.js';

/** What a group of dialogues, or of turns, comes to. */
interface Figures {
  dialogues: number;
  /** Dialogues without a problem. */
  asExpected: number;
  /** Dialogues as expected that needed no person. */
  resolved: number;
  handoffs: number;
  wrongActions: number;
  /** Refusals that were due and came: the reply says why and proposes nothing. */
  refusals: { due: number; given: number };
}
interface TurnFigures {
  turns: number;
  /** Turns with a problem. */
  wrong: number;
  /** Null if the platform does not tell, as with `costMicros`. */
  inputTokens: number | null;
  outputTokens: number | null;
  costMicros: number | null;
  firstTextMs: { p50: number | null; p95: number | null };
}
export interface Report {
  total: Figures & TurnFigures;
  languages: Record<string, Figures & TurnFigures>;
  /** A turn that two agents answer counts for both. */
  agents: Record<string, TurnFigures>;
  dialogues: {
    name: string;
    language: string;
    problems: readonly string[];
    handoff: string | null;
    wrongActions: number;
    replies: { text: string; status: string; routes: readonly string[]; firstTextMs: number | null }[];
  }[];
}

/** What the dialogues come to. */
export function reportOf(all: readonly Played[]): Report {
  const both = (some: readonly Played[]) => ({
    ...figuresOf(some),
    ...turnFigures(some.flatMap(({ steps }) => steps)),
  });
  const turns = all.flatMap(({ steps }) => steps);
  const agentsOf = ({ reply }: PlayedStep) => [...new Set(reply.routes.map(({ agent }) => agent))];
  const grouped = <T, R>(each: readonly T[], keysOf: (item: T) => readonly string[], sum: (items: T[]) => R) => {
    const keys = [...new Set(each.flatMap(keysOf))].sort();
    return Object.fromEntries(keys.map((key) => [key, sum(each.filter((item) => keysOf(item).includes(key)))]));
  };
  return {
    total: both(all),
    languages: grouped(all, ({ dialogue }) => [dialogue.language], both),
    agents: grouped(turns, agentsOf, turnFigures),
    dialogues: all.map(({ dialogue: { name, language }, problems, handoff, wrongActions, steps }) => ({
      ...{ name, language, problems, handoff, wrongActions },
      replies: steps.map(({ reply: { text, status, routes, firstTextMs } }) => ({
        ...{ text, status, firstTextMs },
        routes: routes.map(({ intent }) => intent),
      })),
    })),
  };
}

function figuresOf(all: readonly Played[]): Figures {
  const good = all.filter(({ problems }) => problems.length === 0);
  const due = all.flatMap(({ steps }) => steps).filter(({ step }) => step.refuses);
  return {
    dialogues: all.length,
    asExpected: good.length,
    resolved: good.filter(({ handoff }) => handoff === null).length,
    handoffs: all.filter(({ handoff }) => handoff !== null).length,
    wrongActions: all.reduce((sum, { wrongActions }) => sum + wrongActions, 0),
    refusals: { due: due.length, given: due.filter(({ problems }) => problems.length === 0).length },
  };
}

function turnFigures(steps: readonly PlayedStep[]): TurnFigures {
  const turns = steps.filter(({ reply }) => reply.turnId !== null);
  const sum = (name: 'inputTokens' | 'outputTokens' | 'costMicros') => {
    const told = turns.flatMap(({ used }) => used?.[name] ?? []);
    return told.length === 0 ? null : told.reduce((one, other) => one + other, 0);
  };
  const times = turns.flatMap(({ reply }) => reply.firstTextMs ?? []).sort((a, b) => a - b);
  const at = (share: number) => times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? null;
  return {
    turns: turns.length,
    wrong: steps.filter(({ problems }) => problems.length > 0).length,
    ...{ inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens'), costMicros: sum('costMicros') },
    firstTextMs: { p50: at(0.5), p95: at(0.95) },
  };
}

/** The figures as tables. */
export function tablesOf({ total, languages, agents }: Report): string {
  const groups = [...Object.entries(languages), ['all', total] as const];
  return [
    table(
      ['', 'dialogues', 'as expected', 'resolved', 'handoffs', 'wrong actions', 'refusals'],
      groups.map(([name, { dialogues, asExpected, resolved, handoffs, wrongActions, refusals }]) => [
        ...[name, dialogues, asExpected, `${resolved} (${Math.round((100 * resolved) / dialogues)} %)`],
        ...[handoffs, wrongActions, `${refusals.given} of ${refusals.due}`],
      ]),
    ),
    table(
      ['', 'turns', 'wrong', 'tokens in', 'tokens out', 'cost', 'first text p50', 'p95'],
      [...Object.entries(agents), ...groups].map(([name, turns]) => [
        ...[name, turns.turns, turns.wrong, turns.inputTokens, turns.outputTokens],
        ...[turns.costMicros === null ? null : (turns.costMicros / 1e6).toFixed(4)],
        ...[inMs(turns.firstTextMs.p50), inMs(turns.firstTextMs.p95)],
      ]),
    ),
  ].join('\n\n');
}

const inMs = (ms: number | null) => (ms === null ? null : `${ms} ms`);

function table(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map((cell) => String(cell ?? '–')))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ');
  return cells.map(line).join('\n');
}
