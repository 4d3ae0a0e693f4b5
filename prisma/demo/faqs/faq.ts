import type { Text } from '@supportgraph/kernel';

/** A question, its answer in Markdown, and words it should be found by, in one language. */
export interface DemoFaqText {
  question: string;
  answer: string;
  keywords: readonly string[];
}

/** One entry of the demo shop. */
export interface DemoFaq {
  slug: string;
  en: DemoFaqText;
  'zh-Hant': DemoFaqText;
}

/** A group of entries, in the order in which they are shown. */
export interface DemoFaqCategory {
  slug: string;
  name: Text;
  entries: readonly DemoFaq[];
}
