/**
 * Finds the entry of a corpus that answers a question, in English and Chinese, by words, synonyms and likely spellings.
 *
 * PostgreSQL does the reading (stems, pairs of Chinese characters, indexes: the migration `search`); what a question asks
 * for (`concepts.ts`), which word was meant (`spelling.ts`) and how well an entry fits (`scoring.ts`) are pure functions.
 */
export * from './excerpt.js';
export { answerThreshold, type Hit } from './scoring.js';
export * from './textSearch.js';
