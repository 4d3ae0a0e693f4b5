/** Writes facts, then a sentence that never changes: `log.info({ turnId, ms }, 'turn finished')`. */
export interface Logger {
  debug(facts: object, sentence: string): void;
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
  child(facts: object): Logger;
}

/** A logger that says nothing. */
export const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};
