/** How able a model has to be: small for common questions and triage, middle for orders and refunds, large for complaints and hard cases. */
export type ModelSize = 'small' | 'middle' | 'large';

/** Model names by size, in the order in which they are tried. */
export type Models = Readonly<Record<ModelSize, readonly [string, ...string[]]>>;

/** The models used unless configured otherwise (October 2026). */
export const defaultModels: Models = {
  small: ['claude-haiku-5-5', 'claude-haiku-4-5'],
  middle: ['claude-sonnet-5-5', 'claude-haiku-5-5'],
  large: ['claude-opus-5-5', 'claude-sonnet-5-5'],
};

/** The offline model under its own name, so that no record says that another model answered. It costs nothing. */
export const offlineModels: Models = { small: ['offline'], middle: ['offline'], large: ['offline'] };
