import type { Result } from '@supportgraph/kernel';
import type { NewProposal, RouteJob } from './job.js';
import { ToolRefusal } from './tool.js';

/** What the model learns of a proposal: as the customer sees it, and that nothing was done. */
export interface Proposal {
  proposed: string;
  details: readonly string[];
  next: string;
}

const next =
  'Nothing is done yet, and an earlier proposal of this kind for this order no longer counts. The customer sees these details with buttons to confirm or decline. ' +
  'Tell them in your words what it would do, with the amounts, and ask whether you should go ahead.';

/**
 * Shows the customer a drafted action to agree to, or tells the model why it is refused. Return it from a tool's `run`: the
 * model goes on and asks the customer.
 */
export async function propose(
  job: Pick<RouteJob, 'propose'>,
  draft: Result<NewProposal>,
): Promise<Proposal | ToolRefusal> {
  if (!draft.ok) return new ToolRefusal(draft.errors, true);
  const made = await job.propose(draft.value);
  if (!made.ok) return new ToolRefusal(made.errors, true);
  const { title, lines } = made.value;
  return { proposed: title, details: lines.map(({ label, value }) => `${label}: ${value}`), next };
}
