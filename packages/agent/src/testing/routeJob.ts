import { newId, nobody } from '@supportgraph/kernel';
import type { RouteJob } from '../job.js';
import { recordingWriter, type RecordingWriter } from './recordingWriter.js';

/** A job whose writing can be read. */
export type RecordedJob = RouteJob & { writer: RecordingWriter };

/** A job for an agent in a test: a visitor's message in English, unless said otherwise. */
export function routeJob(text: string, job: Partial<RecordedJob> = {}): RecordedJob {
  return {
    sessionId: newId('ses'),
    turnId: newId('trn'),
    routeId: newId('rte'),
    excerpt: null,
    entities: [],
    language: 'en',
    text,
    history: [],
    viewer: nobody,
    writer: recordingWriter(),
    signal: new AbortController().signal,
    ...job,
  };
}
