import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { silent } from '@supportgraph/kernel';
import type { TestProject } from 'vitest/node';
import { findService, type Found } from '../../../../scripts/testServices.js';
import { startEmbeddedPostgres } from '../embedded/embeddedPostgres.js';
import { reap } from './reaper.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    redis: Found;
  }
}

/** What a test server may lose with the machine, it need not write safely. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

/** Starts one PostgreSQL for the run and finds a Redis program; tests ask for both through `testing/index.ts`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-test-'));
  const callOff = reap(path.join(dataDir, 'postmaster.pid'), dataDir);
  const server = await startEmbeddedPostgres({ dataDir, database: 'tests', settings: forgetful, log: silent });
  project.provide('postgresUrl', server.url);
  project.provide('redis', findService('redis'));
  return async () => {
    await server.stop();
    await callOff();
    await rm(dataDir, { recursive: true, force: true });
  };
}
