import type { Agent } from './defineAgent.js';
import type { RouteJob } from './job.js';
import type { ModelSize } from './models.js';

const complaint =
  /\b(?:complain|complaint|unacceptable|ridiculous|outrageous|furious|angry|disgusted|scam|fraud|lawyer|lawsuit|suing)\b|\bsue (?:you|your|them|this|the)\b|(?<!\bno )\b(?:terrible|worst)\b(?! (?:rush|hurry|case))|客訴|投訴|投诉|抱怨|太誇張|太离谱|太離譜|無法接受|无法接受|很生氣|很生气|非常不滿|非常不满|詐騙|诈骗|消保|律師|律师|提告/iu;

/** What usually helps was tried, or the same comes again. */
const triedInVain =
  /\b(?:already|also|have|['’]ve) (?:tried|reset|restarted|reinstalled|updated|replaced|checked|rebooted)\b|\btried (?:everything|all|it all|that|this|both|several|many|different|resetting|restarting|reinstalling)\b|\b(?:nothing|none of (?:it|this|that|these|those|them)) (?:helps|helped|works|worked|changes|changed)\b|\bstill (?:does ?n['’]?t|do ?n['’]?t|won['’]?t|can['’]?t|not|no|the same|broken|fails|failing|crashes|crashing)\b|\b(?:keeps|kept) (?:happening|coming back|crashing|failing|disconnecting)\b|\bno luck\b|試過|试过|試了|试了|都[試试]|[還还]是(?:不行|不能|沒|没|一[樣样]|[無无]法|[連连]不上)|仍[然舊旧]?(?:不行|不能|[無无]法|一[樣样])|沒用|没用|重[開开灌裝装置]了?(?:好?[幾几]次|也|都|[還还])/iu;

/** The size of model that a message needs: the agent's own, or the large one for complaints, for technical problems that have outlasted the usual remedies, and for what failed before. */
export function sizeFor(
  { text, isRetry }: Pick<RouteJob, 'text' | 'isRetry'>,
  { kind, model }: Pick<Agent<never>, 'kind' | 'model'>,
): ModelSize {
  const isHard = kind === 'TECHSUPPORT' && triedInVain.test(text);
  return isRetry || isHard || complaint.test(text) ? 'large' : model;
}
