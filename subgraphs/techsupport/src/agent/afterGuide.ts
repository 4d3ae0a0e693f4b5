/** Longer messages describe a problem rather than how the steps went. */
const mostCharacters = 120;

const failed =
  /\b(?:none|nothing|neither|no step|no luck|nope|not working|useless)\b|\bstill\b|\bsame (?:problem|issue|thing)\b|\b(?:did|does|do|is|has|have|was)(?:n['’]?t| not)\b.{0,30}\b(?:help\w*|work\w*|chang\w*|fix\w*|solv\w*|do anything)\b|\b(?:tried|done|i did)\b.{0,30}\b(?:it|that|this|them|these|those|all|everything|already|before|steps?)\b|\balready (?:tried|did|done)\b|^no[\s\p{P}]*$|[沒没](?:有)?(?:用|效|幫助|帮助|變|变|改善)|[還还]是|一樣|一样|依然|仍然|不行|(?:試|试|做)過|(?:試|试|做)过/iu;
const solved =
  /\b(?:works?|working|fixed|solved|resolved|helped|did it|did the trick)\b|解決了|解决了|有用|有效|修好|[就已都]?好了|可以了|成功/iu;
const newProblem = /\bbut\b|\banother\b|\bother (?:problem|issue)\b|\balso\b|另外|但是|不過|不过|另一/iu;

/** How the steps of the guide went that was just given, if a message says no more than that; else null. */
export function outcomeOf(text: string): 'FAILED' | 'SOLVED' | null {
  if (text.length > mostCharacters) return null;
  if (failed.test(text)) return 'FAILED';
  return solved.test(text) && !newProblem.test(text) && !/[?？]/.test(text) ? 'SOLVED' : null;
}

/** The title of the guide in a reply of ours; null if it gives none. */
export function titleOfGuide(reply: string): string | null {
  return /^\*\*(.+)\*\* \[\d+\]$/m.exec(reply)?.[1] ?? null;
}
