import { audit, type JsonObject, type Tx } from '@supportgraph/data';
import { isId, type Result, type Viewer } from '@supportgraph/kernel';
import type { Deps } from './deps.js';

/** What somebody does to a session, as the audit has it. */
export interface SessionDeed {
  viewer: Viewer;
  /** For example `session.close`. */
  action: string;
  sessionId: string;
}

/** Keeps what came of a deed, in its transaction. */
export async function auditDeed(
  { clock }: Deps,
  tx: Tx,
  { viewer, action, sessionId }: SessionDeed,
  result: Result<unknown>,
  changes?: JsonObject,
): Promise<void> {
  // Of what is no id of ours, nothing is kept.
  const named = isId('ses', sessionId) ? { subjectId: sessionId, sessionId } : {};
  const outcome = result.ok
    ? ({ outcome: 'SUCCEEDED', changes } as const)
    : ({ outcome: 'DENIED', code: result.errors[0]?.code } as const);
  await audit(tx, { viewer, action, ...named, ...outcome }, clock());
}

/** Keeps that a deed was refused before it began; gives the refusal back. */
export async function auditDenied(deps: Deps, deed: SessionDeed, refusal: Result<never>): Promise<Result<never>> {
  await deps.db.transaction((tx) => auditDeed(deps, tx, deed, refusal));
  return refusal;
}
