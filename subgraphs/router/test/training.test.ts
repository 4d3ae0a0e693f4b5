import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asFile, trainRouting } from '../training/train.js';
import { seededRandom } from '../training/random.js';
import { messagesFromTemplates } from '../training/templates.js';
import { readLabelled } from '../training/labelled.js';
import { readMessages } from '../training/messages.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'routing-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('training on the same messages gives the same bytes', async () => {
  const few = (await readMessages()).filter((_, place) => place % 40 === 0);
  const templates = (await messagesFromTemplates(seededRandom(1))).filter((_, place) => place % 40 === 0);
  const train = async () => asFile(await trainRouting(few, { rounds: 2, templates }));
  expect(await train()).toBe(await train());
});

test('the weights are small enough to be shipped', async () => {
  const weights = await readFile(path.join(root, 'subgraphs/router/src/domain/weights.json'));
  expect(weights.length).toBeLessThan(1_500_000);
});

test('what is held out is in no other set of messages', async () => {
  const read = async (name: string) =>
    readLabelled(await readFile(path.join(root, 'subgraphs/router/training', name), 'utf8')).map(({ text }) => text);
  const known = new Set([...(await readMessages()).map(({ text }) => text), ...(await read('tuning.jsonl'))]);
  expect((await read('heldOut.jsonl')).filter((text) => known.has(text))).toEqual([]);
});

describe('eval:routing', () => {
  async function run(lines: string): Promise<{ code: number; out: string; err: string }> {
    const file = path.join(folder, 'messages.jsonl');
    await writeFile(file, lines);
    const args = ['--import', './scripts/textLoader.mjs', '--import', 'tsx', 'scripts/evalRouting.ts', file];
    return promisify(execFile)(process.execPath, args, { cwd: root }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
      ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
    );
  }

  test('ends with the summary and 0 when the aims are met', async () => {
    const { code, out } = await run(
      '{"text": "Where is my order #W1234567?", "routes": ["order"]}\n\n{"text": "asdf zxcv", "routes": ["UNKNOWN"]}\n',
    );
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^met: 100\.0 % of 2 exact/);
    expect(code).toBe(0);
  });

  test('ends with 1 when they are not', async () => {
    const { code, out } = await run('{"text": "Where is my order?", "routes": ["chitchat"]}');
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^not met: 0\.0 % of 1 exact/);
    expect(code).toBe(1);
  });

  test.each([
    ['{"text": "hi", "routes": ["chitchat"]}\nnonsense', /:2: is not a JSON object/],
    ['{"routes": []}', /:1: `text` must be/],
    ['{"text": "hi", "routes": "chitchat"}', /:1: `routes` must be a list/],
    ['{"text": "hi", "routes": ["orders"]}', /:1: there is no route "orders"/],
    ['', /there are no messages/],
  ])('names the line that cannot be read and ends with 2: %s', async (lines, problem) => {
    const { code, err } = await run(lines);
    expect(err).toMatch(problem);
    expect(code).toBe(2);
  });
});
