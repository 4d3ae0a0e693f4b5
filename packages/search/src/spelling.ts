/** The word that was probably meant, or null: one wrong letter in short words, two from eight letters on. */
export function meantWord(typed: string, candidates: readonly string[]): string | null {
  const allowed = typed.length >= 8 ? 2 : 1;
  const near = candidates
    .filter((candidate) => isPlausible(typed, candidate))
    .map((candidate) => ({ candidate, distance: distanceOf(typed, candidate) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate));
  return near[0]?.candidate ?? null;
}

/** People seldom miss the first letter, and four letters are near to too many words: there only one left out is mended. */
function isPlausible(typed: string, candidate: string): boolean {
  if (typed[0] !== candidate[0]) return false;
  return typed.length >= 5 ? candidate.length >= 4 : typed.length === 4 && candidate.length === 5;
}

/** Letters left out, added, changed or swapped with their neighbour (optimal string alignment). */
export function distanceOf(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + changed);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
