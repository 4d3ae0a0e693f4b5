import net from 'node:net';
import { freePort } from '../embedded/freePort.js';

/** Stands between a test and a server, so that the server can be away without being stopped. */
export interface Proxy {
  /** Always the same one. */
  port: number;
  open(): Promise<void>;
  /** Cuts all connections and takes no new ones; false if it was cut already. */
  cut(): Promise<boolean>;
}

export async function makeProxy(host: string, targetPort: number): Promise<Proxy> {
  const port = await freePort();
  const sockets = new Set<net.Socket>();
  const proxy = net.createServer((near) => {
    const far = net.connect(targetPort, host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  return {
    port,
    open: () => new Promise((resolve, reject) => void proxy.once('error', reject).listen(port, '127.0.0.1', resolve)),
    async cut() {
      if (!proxy.listening) return false;
      const closed = new Promise<void>((resolve) => proxy.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      return true;
    },
  };
}
