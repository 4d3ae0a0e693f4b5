/** Something that was started and can be stopped; `stop` resolves when nothing of it is left. */
export interface Running {
  stop(): Promise<void>;
}

/** Starts a worker: it runs until stopped. */
export type Worker = () => Promise<Running> | Running;

/** The time now. */
export type Clock = () => Date;

/** For the end of a switch over a union: the compiler fails if a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
