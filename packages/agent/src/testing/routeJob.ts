import { newId, nobody, ok } from '@supportgraph/kernel';
import type { NewProposal, RouteJob } from '../job.js';
import { recordingWriter, type RecordingWriter } from './recordingWriter.js';

/** A job whose writing and proposals can be read. */
export type RecordedJob = RouteJob & { writer: RecordingWriter; proposals: NewProposal[] };

/** A job for an agent in a test: a visitor's message in English, unless said otherwise. */
export function routeJob(text: string, job: Partial<RecordedJob> = {}): RecordedJob {
  const proposals: NewProposal[] = [];
  const language = job.language ?? 'en';
  return {
    sessionId: newId('ses'),
    turnId: newId('trn'),
    routeId: newId('rte'),
    excerpt: null,
    entities: [],
    language,
    text,
    history: [],
    isRetry: false,
    viewer: nobody,
    writer: recordingWriter(),
    proposals,
    async propose(proposal) {
      const lines = proposal.lines.map(({ label, value }) => ({ label: label[language], value: value[language] }));
      return ok({ id: `prp_${proposals.push(proposal)}`, title: proposal.title[language], lines });
    },
    signal: new AbortController().signal,
    ...job,
  };
}
