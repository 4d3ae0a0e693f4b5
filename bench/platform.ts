import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/supergraph.js', import.meta.url));

/** The whole platform in a process of its own, on embedded defaults in a folder of its own. */
export interface BenchPlatform {
  /** Where the gateway answers, for example `http://localhost:41234`. */
  url: string;
  /** CPU time that the process has used so far, in seconds. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts what `npm run build` has built, with these settings besides. */
export async function startBuiltPlatform(settings: Record<string, string> = {}): Promise<BenchPlatform> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-bench-'));
  const child = spawn(process.execPath, [program], {
    // Customers of a benchmark write faster than people do: limits are measured, so their cost is in the figures.
    env: { ...process.env, PORT: '0', ADMIN_PORT: '0', DATA_DIR: dataDir, LIMITS_MODE: 'measure', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const greeting = await greetingOf(child.stdout);
    const admin = /http:\/\/\S+(?=\/readyz)/.exec(greeting)?.[0];
    const url = /http:\/\/\S+(?=\/graphql)/.exec(greeting)?.[0];
    if (!url || !admin) throw new Error(`The platform did not start:\n${greeting}`);
    return { url, cpuSeconds: () => cpuSeconds(admin), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the platform prints until it is ready, or all of it if it never is. */
async function greetingOf(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    if (text.includes('Ctrl-C')) break;
  }
  output.resume();
  return text;
}

async function cpuSeconds(adminUrl: string): Promise<number> {
  const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]);
}
