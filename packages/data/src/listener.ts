import type { Logger, Running } from '@supportgraph/kernel';
import pg from 'pg';
import { SerialClient } from './serialClient.js';

export interface Listener extends Running {
  listen(channel: string, onMessage: (payload: string) => void): Promise<Running>;
}

const pingMs = 10_000;
const pingTimeoutMs = 5_000;
const longestPauseMs = 3_000;

/** LISTENs for everybody over one connection, opened at the first use and opened again whenever it is lost. */
export function makeListener({ connection, log }: { connection: pg.ClientConfig; log: Logger }): Listener {
  const channels = new Map<string, Set<(payload: string) => void>>();
  let client: pg.Client | null = null;
  let connecting: Promise<void> | null = null;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = false;

  const ping = setInterval(() => void client?.query('SELECT 1').catch(lose), pingMs);
  ping.unref();

  function lose(): void {
    const lost = client;
    client = null;
    if (!lost) return;
    log.warn({}, 'listening connection lost');
    void lost.end().catch(() => undefined);
    connectLater();
  }

  function connectLater(): void {
    if (stopped) return;
    failures += 1;
    const pauseMs = Math.random() * Math.min(longestPauseMs, 50 * 2 ** failures);
    retry = setTimeout(() => {
      retry = undefined;
      void connect();
    }, pauseMs);
  }

  function connect(): Promise<void> {
    connecting ??= openConnection().finally(() => (connecting = null));
    return connecting;
  }

  async function openConnection(): Promise<void> {
    const next = new SerialClient({ ...connection, query_timeout: pingTimeoutMs });
    next.on('error', () => (next === client ? lose() : undefined));
    next.on('end', () => (next === client ? lose() : undefined));
    next.on('notification', ({ channel, payload = '' }) => tell(channel, payload));
    try {
      await next.connect();
      for (const channel of channels.keys()) await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'cannot listen to the database');
      void next.end().catch(() => undefined);
      return connectLater();
    }
    if (stopped) return void (await next.end());
    const isReconnect = failures > 0;
    failures = 0;
    client = next;
    if (isReconnect) for (const channel of channels.keys()) tell(channel, '');
  }

  function tell(channel: string, payload: string): void {
    for (const onMessage of channels.get(channel) ?? []) onMessage(payload);
  }

  /** While the connection is away this does nothing: a reconnect listens to every channel in the map. */
  async function command(verb: 'LISTEN' | 'UNLISTEN', channel: string): Promise<void> {
    await client?.query(`${verb} ${pg.escapeIdentifier(channel)}`).catch(lose);
  }

  return {
    async listen(channel, onMessage) {
      // A wrapper, so that one function may listen twice.
      const listening = (payload: string) => onMessage(payload);
      const others = channels.get(channel);
      if (others) others.add(listening);
      else channels.set(channel, new Set([listening]));
      if (!client && !retry) await connect();
      // Again for a channel that others have: their LISTEN may still be on its way.
      else await command('LISTEN', channel);
      return {
        async stop() {
          const listeners = channels.get(channel);
          if (!listeners?.delete(listening) || listeners.size) return;
          channels.delete(channel);
          await command('UNLISTEN', channel);
        },
      };
    },
    async stop() {
      stopped = true;
      clearInterval(ping);
      clearTimeout(retry);
      channels.clear();
      await connecting;
      const last = client;
      client = null;
      await last?.end();
    },
  };
}
