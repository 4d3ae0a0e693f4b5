import type { Text } from '@supportgraph/kernel';

/** What a guide is called in one language. */
export interface GuideText {
  language: string;
  title: string;
}

/** What a step says in one language, as Markdown. */
export interface StepText {
  language: string;
  instruction: string;
}

/** An answer to a step, and the step that it leads to. */
export interface GuideChoiceRecord {
  key: string;
  labels: Text;
  nextStepKey: string;
}

/** Something to do or to look at. */
export interface GuideStepRecord {
  key: string;
  /** Null: the guide goes on. */
  ending: 'SOLVED' | 'NOT_SOLVED' | null;
  /** The original first. */
  texts: readonly [StepText, ...StepText[]];
  choices: readonly GuideChoiceRecord[];
}

/** Steps that find and mend a problem, in order, and what they are called, the original first. */
export interface GuideRecord {
  id: string;
  slug: string;
  texts: readonly [GuideText, ...GuideText[]];
  steps: readonly GuideStepRecord[];
  updatedAt: Date;
}

/** A guide that fits a problem. */
export interface GuideHit {
  guide: GuideRecord;
  score: number;
}

/** The text in a language, else in another of the same tongue (`zh-TW` reads `zh-Hant`), else in the original one. */
export function textIn<T extends { language: string }>(texts: readonly [T, ...T[]], language: string): T {
  const sameTongue = texts.find((text) => primary(text.language) === primary(language));
  return texts.find((text) => text.language === language) ?? sameTongue ?? texts[0];
}

const primary = (language: string) => language.split('-')[0];
