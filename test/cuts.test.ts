import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { reap } from '@supportgraph/data/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rootFolder } from '../supergraph/src/folders.js';
import type { Platform } from '../supergraph/src/platform.js';
import { followOnce, shownText, visit, type FollowedEvent, type Visitor } from './support/client.js';
import { openSite, startPart, urlSettings, type Site } from './support/hosting.js';

let site: Site;
beforeAll(async () => {
  site = await openSite([]);
});
afterAll(() => site.close());

const question = 'What is your return policy?';

/** The text that is stored in the end, part by part. */
async function storedText(visitor: Visitor, turnId: string): Promise<string> {
  const { turn } = await visitor.run<{ turn: { reply: { text: string; status: string } } }>(
    `{ turn(id: "${turnId}") { reply { text status } } }`,
  );
  expect(turn.reply.status).toBe('COMPLETE');
  return turn.reply.text;
}

async function startOfStream(visitor: Visitor): Promise<string> {
  const { session } = await visitor.run<{ session: { streamCursor: string } }>(
    `{ session(id: "${visitor.sessionId}") { streamCursor } }`,
  );
  return session.streamCursor;
}

/** Gapless from one event to the next, whatever happened between. */
function expectNoHole(events: readonly FollowedEvent[]): void {
  for (const [index, event] of events.entries())
    if (index > 0) expect(event.firstSeq ?? event.seq).toBe(events[index - 1]!.seq + 1);
}

test(
  'a client whose connection is killed at every event of a reply shows it byte by byte',
  { timeout: 60_000 },
  async () => {
    const platform = await startPart({ ...site.settings, OFFLINE_TOKENS_PER_SECOND: '50' });
    try {
      const url = platform.gatewayUrl!;
      const visitor = await visit(url);
      let after = await startOfStream(visitor);
      const { turnId } = await visitor.send(question);
      const events: FollowedEvent[] = [];
      let connections = 0;
      while (events.at(-1)?.__typename !== 'TurnFinished') {
        connections += 1;
        await followOnce(url, visitor, after, (event) => {
          events.push(event);
          after = event.cursor;
          return true;
        });
      }
      expectNoHole(events);
      expect(events.map(({ __typename }) => __typename)).not.toContain('StreamReset');
      expect(connections).toBe(events.length);
      expect(connections).toBeGreaterThan(15);
      expect(shownText(events)).toBe(await storedText(visitor, turnId));
    } finally {
      await platform.stop();
    }
  },
);

describe('a worker process', () => {
  let front: Platform;
  let worker: ChildProcess | null = null;
  let callOff = async () => {};

  beforeAll(async () => {
    const settings = { ...site.settings, OFFLINE_TOKENS_PER_SECOND: '50', LEASE_MS: '800' };
    const others = await startPart(settings, 'handoff,orders,refunds,techsupport');
    front = await startPart(
      { ...settings, ...urlSettings(others), SUBGRAPH_URL_FAQ: 'http://127.0.0.1:9/graphql' },
      'gateway,router,sessions',
    );
    const stopFront = front.stop.bind(front);
    front.stop = async () => {
      await stopFront();
      await others.stop();
    };
  });
  afterAll(async () => {
    await killWorker();
    await front.stop();
  });

  /** The subgraph whose agent answers, in a process of its own. */
  async function startWorker(): Promise<void> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-worker-'));
    worker = spawn(process.execPath, [path.join(rootFolder(), 'dist/supergraph.js'), '--host=faq'], {
      env: { ...process.env, ...site.settings, DATA_DIR: folder, OFFLINE_TOKENS_PER_SECOND: '50', LEASE_MS: '800' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    callOff = reap(worker.pid!, folder);
    for await (const chunk of worker.stdout!) if (String(chunk).includes('Ctrl-C')) return;
    throw new Error('The worker did not start.');
  }
  async function killWorker(): Promise<void> {
    if (!worker) return;
    const dying = worker;
    worker = null;
    dying.kill('SIGKILL');
    if (dying.exitCode === null && dying.signalCode === null) await once(dying, 'exit');
    await callOff();
  }

  test(
    'that is killed at ten points of a reply is replaced, and the reply is whole',
    { timeout: 180_000 },
    async () => {
      const url = front.gatewayUrl!;
      const untouched = await (async () => {
        await startWorker();
        return (await visit(url)).reply(question);
      })();
      for (let point = 0; point < 10; point += 1) {
        const visitor = await visit(url);
        const events: FollowedEvent[] = [];
        const after = await startOfStream(visitor);
        const { turnId } = await visitor.send(question);
        let replaced: Promise<void> | null = null;
        await followOnce(url, visitor, after, (event) => {
          events.push(event);
          // Not before the agent has begun: the first events are the router's.
          if (event.__typename !== 'TurnFinished' && events.length === 4 + 2 * point)
            replaced = killWorker().then(startWorker);
          return event.__typename === 'TurnFinished';
        });
        expect(replaced, `the reply had ended before point ${point}`).not.toBeNull();
        await replaced;
        expectNoHole(events);
        const stored = await storedText(visitor, turnId);
        expect(shownText(events)).toBe(stored);
        expect(stored).toBe(untouched);
      }
    },
  );
});
