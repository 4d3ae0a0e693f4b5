import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { reap, testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { silent } from '@supportgraph/kernel';
import { demoVisit, seed } from '@supportgraph/prisma/seed';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../supergraph/src/config.js';
import { rootFolder } from '../supergraph/src/folders.js';
import { type Platform, startPlatform } from '../supergraph/src/platform.js';
import { makeSubgraphs, playbooks } from '../supergraph/src/registry.js';
import supergraphSdl from '../supergraph/schema.graphql';

// Each of them starts processes.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const root = rootFolder();
let folder: string;
let dataDir: string;
let platform: Platform;
let gatewayUrl: string;
let database: TestDatabase;
let callOffReaper: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-scripts-'));
  // The database's own account must be able to enter.
  await chmod(folder, 0o755);
  dataDir = path.join(folder, 'data');
  callOffReaper = reap(path.join(dataDir, 'postgres/postmaster.pid'), folder);
  const ports = { PORT: '0', ADMIN_PORT: '0', LISTEN_ADDRESS: '127.0.0.1' };
  platform = await startPlatform(readConfig({ ...ports, DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, []), {
    ...{ log: silent, migrations: path.join(root, 'prisma/migrations'), playbooks, seed },
    ...{ supergraphSdl, webFolder: null, makeSubgraphs },
  });
  gatewayUrl = platform.gatewayUrl!;
  database = await testDatabase();
});
afterAll(async () => {
  await platform.stop();
  await database.drop();
  await callOffReaper();
  await rm(folder, { recursive: true });
});

interface Run {
  args?: readonly string[];
  env?: Record<string, string>;
  /** What is piped into it. */
  input?: string;
}
interface Outcome {
  code: number;
  out: string;
  error: string;
}

/** Runs a script as npm does, in a process of its own. */
async function run(name: string, { args = [], env = {}, input = '' }: Run = {}): Promise<Outcome> {
  const loaders = ['--import', './scripts/textLoader.mjs', '--import', 'tsx'];
  const child = spawn(process.execPath, [...loaders, `scripts/${name}.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, GATEWAY_URL: gatewayUrl, ...env },
  });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, error };
}

async function viewerWith(token: string): Promise<unknown> {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token.trim()}` },
    body: JSON.stringify({ query: '{ viewer { role customer { id } } }' }),
  });
  return ((await response.json()) as { data: { viewer: unknown } }).data.viewer;
}

describe('token', () => {
  test.each([
    [['--role', 'staff', '--sub', 'stf_sam'], { role: 'STAFF', customer: null }],
    [['--role', 'operator'], { role: 'OPERATOR', customer: null }],
    [['--role', 'customer', '--sub', 'cus_mara'], { role: 'CUSTOMER', customer: { id: 'cus_mara' } }],
  ])('%j is taken by a platform with the same DATA_DIR', async (args, viewer) => {
    const { code, out, error } = await run('token', { args });
    expect([code, error]).toEqual([0, '']);
    expect(await viewerWith(out)).toEqual(viewer);
  });

  test('it ends when it was told to, and names issuer and audience if they are set', async () => {
    const env = { AUTH_JWT_SECRET: 's'.repeat(32), AUTH_ISSUER: 'shop', AUTH_AUDIENCE: 'support' };
    const { out } = await run('token', { args: ['--role', 'operator', '--expires', '2h'], env });
    const claims = JSON.parse(Buffer.from(out.split('.')[1]!, 'base64url').toString()) as Record<string, number>;
    expect(claims).toMatchObject({ role: 'operator', iss: 'shop', aud: 'support' });
    expect(claims['exp']! - claims['iat']!).toBe(7_200);
  });

  test.each([
    ['a role that is none', ['--role', 'admin'], '--role must be one of customer, staff, operator.'],
    ['the id of something else', ['--role', 'staff', '--sub', 'cus_mara'], '--sub must be the id of a member of the staff, for example stf_sam.'],
    ['a time that is none', ['--role', 'operator', '--expires', 'soon'], '--expires must be a whole number and s, m, h or d, for example 30m.'],
    ['an option that does not exist', ['--rule', 'staff'], "Unknown option '--rule'"],
  ])('%s is refused in words', async (_, args, problem) => {
    const { code, out, error } = await run('token', { args });
    expect([code, out]).toEqual([1, '']);
    expect(error.split('\n')[0]).toContain(problem);
  }); // prettier-ignore

  test('with public keys of the shop there is nothing to sign with', async () => {
    const env = { AUTH_JWKS_URL: 'https://shop.example/keys' };
    const { code, error } = await run('token', { args: ['--role', 'operator'], env });
    expect([code, error]).toEqual([1, expect.stringContaining('AUTH_JWKS_URL is set')]);
  });
});

describe('ask', () => {
  test('a question is answered with its sources, and the conversation can be gone on with', async () => {
    const first = await run('ask', { args: ['How long does a refund take?'] });
    expect(first.code).toBe(0);
    expect(first.out).toContain('5–7 business days');
    expect(first.out).toMatch(/^\[1\] .+/m);
    const token = /--session (sgs_\S+)/.exec(first.error)![1]!;
    const second = await run('ask', { args: ['--session', token, 'And how do I return an item?'] });
    expect(second.code).toBe(0);
    expect(second.error).toContain(token);
    expect(second.out.trim()).not.toBe('');
  });

  test('with -i every line of stdin is a message', async () => {
    const { code, out } = await run('ask', {
      ...{ args: ['-i', '--email', demoVisit.email] },
      input: 'How long does a refund take?\n\nDo you ship abroad?\n',
    });
    expect(code).toBe(0);
    expect(out).toContain('5–7 business days');
    expect(out.match(/^\[1\] /gm)).toHaveLength(2);
  });

  test.each([
    ['an e-mail address of nobody', ['--email', 'nobody@example.com', 'Hello'], /\S/],
    ['a token that is none', ['--session', 'abc', 'Hello'], /^--session must be the token/],
    ['nothing to say', [], /^Say what to ask\./],
  ])('%s ends it with a line that says so', async (_, args, problem) => {
    const { code, out, error } = await run('ask', { args });
    expect([code, out]).toEqual([1, '']);
    expect(error).toMatch(problem);
    expect(error).not.toMatch(/^ +at /m);
  });

  test('without a platform it says how to start one', async () => {
    const env = { GATEWAY_URL: 'http://127.0.0.1:9' };
    expect(await run('ask', { args: ['Hello'], env })).toEqual({
      ...{ code: 1, out: '' },
      error: 'Nothing answers at http://127.0.0.1:9: start the platform with npm start, or set GATEWAY_URL.\n',
    });
  });
});

describe('shop:export and shop:import', () => {
  const shop = { products: [{ id: 'p', name: 'Pen', variants: [] }], currency: 'USD' };
  const write = async (content: string | Buffer) => {
    const file = path.join(folder, 'shop.json');
    await writeFile(file, content);
    return file;
  };

  test('they work beside a platform that runs on the same DATA_DIR', async () => {
    const file = path.join(folder, 'demo.json');
    const exported = await run('shopExport', { args: [file] });
    expect([exported.code, exported.out]).toEqual([0, '']);
    expect(exported.error).toMatch(/^Written [\d,]+ kB$/m);
    const demo = JSON.parse(await readFile(file, 'utf8')) as { orders: object[] };
    expect(demo.orders).toHaveLength(1_000);
    const imported = await run('shopImport', { args: [await write(JSON.stringify(shop))] });
    expect(imported).toEqual({ code: 0, out: 'Imported 1 product.\n', error: 'Read 1 product\n' });
    expect((await fetch(`${platform.adminUrl}/readyz`)).status).toBe(200);
  });

  test('they work on DATABASE_URL, with stdout for a file', async () => {
    const env = { DATABASE_URL: database.url };
    expect(await run('shopImport', { args: [await write(JSON.stringify(shop))], env })).toMatchObject({ code: 0 });
    const { code, out } = await run('shopExport', { env });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ currency: 'USD', products: [{ id: 'p', name: 'Pen' }] });
  });

  test.each([
    ['a bad record', JSON.stringify({ ...shop, products: [{ id: 'q', name: 'Q', variants: [{ id: 'v', options: {}, price: '1.999', available: true }] }] }), 'Nothing was imported. products[0].variants[0].price: has more digits than USD.'],
    ['a file that is no JSON', '{ "currency": "USD", "products": [{]', 'Nothing was imported. products[0]: this is not valid JSON.'],
    ['a file that is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'shop.json is not UTF-8.'],
  ])('%s is refused in one line', async (_, content, problem) => {
    const env = { DATABASE_URL: database.url };
    const { code, out, error } = await run('shopImport', { args: [await write(content)], env });
    expect([code, out]).toEqual([1, '']);
    expect(error.trim().split('\n')).toEqual([expect.stringContaining(problem)]);
  }); // prettier-ignore

  test('a file that is not there, or cannot be made, is named', async () => {
    const file = path.join(folder, 'none', 'shop.json');
    expect(await run('shopImport', { args: [file] })).toEqual({ code: 1, out: '', error: `${file} cannot be read.\n` });
    const { code, error } = await run('shopExport', { args: [file] });
    expect([code, error]).toEqual([1, expect.stringContaining(`${file} cannot be written`)]);
  });

  test('without a platform they start the database and end it again', async () => {
    await platform.stop();
    const { code, out, error } = await run('shopExport');
    expect([code, error]).toEqual([0, expect.stringContaining('Written')]);
    expect(JSON.parse(out)).toMatchObject({ settings: { name: 'Supportgraph Demo Shop' } });
    await expect(readFile(path.join(dataDir, 'postgres/postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
