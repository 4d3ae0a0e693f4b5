import pg from 'pg';

/**
 * A connection that sends a query when the one before is answered. In a transaction, Prisma reads the relations of a
 * result all at once, and listeners come all at once; pg queues them itself, but warns that its next version will not.
 */
export class SerialClient extends pg.Client {
  #last: Promise<unknown> = Promise.resolve();

  constructor(config?: pg.ClientConfig) {
    super(config);
    const send = (...args: unknown[]): unknown => Reflect.apply(super.query, this, args);
    const query = (...args: unknown[]): unknown => {
      // The pool's own queries come with a callback, each on a connection that nobody else has.
      if (typeof args.at(-1) === 'function') return send(...args);
      const answer = this.#last.then(() => send(...args));
      this.#last = answer.catch(() => undefined);
      return answer;
    };
    // All overloads that answer with a promise are served alike.
    this.query = query as typeof this.query;
  }
}
