import type { Language, Text } from '@supportgraph/kernel';

/** Something to do or to look at. */
export interface DemoStep {
  key: string;
  instruction: Text;
  /** What can be answered, and the step that it leads to. Left out: it helped, or on to the next step. */
  choices?: readonly { key: string; label: Text; next: string }[];
}

/** A guide of the demo shop. It ends at `solved` or, after the last step, at `not-solved`. */
export interface DemoGuide {
  slug: string;
  title: Text;
  /** The signs by which the problem is recognised. */
  symptoms: Text;
  keywords: Readonly<Record<Language, readonly string[]>>;
  steps: readonly DemoStep[];
}
