import type { Database } from '@supportgraph/data';
import { testDatabase } from '@supportgraph/data/testing';
import { textSearch, type TextSearch } from '@supportgraph/search';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoFaqId, seedFaqs } from '../../../prisma/demo/faqs/index.js';
import { chinese, english, offTopic, type Expected } from './questions.js';

let db: Database;
let drop: () => Promise<void>;
let search: TextSearch;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  await seedFaqs(db, new Date('2026-11-01T08:00:00Z'));
  search = textSearch(db, 'faq.searchable');
});
afterAll(() => drop());

/** The questions whose best entry is another than expected. */
async function missed(questions: readonly Expected[]): Promise<string[]> {
  const misses: string[] = [];
  for (const [question, slug] of questions) {
    const [best] = await search.find(question, 1);
    if (best?.id !== demoFaqId(slug)) misses.push(`${question} → ${best?.id ?? 'nothing'} instead of ${slug}`);
  }
  return misses;
}

describe('the best entry is the right one', () => {
  for (const [language, questions] of Object.entries({ English: english, Chinese: chinese }))
    test(`for at least 95 % of the ${language} questions`, async () => {
      const misses = await missed(questions);
      expect(misses.length / questions.length, misses.join('\n')).toBeLessThanOrEqual(0.05);
    });
});

test('questions that have nothing to do with the shop find nothing', async () => {
  const found = await Promise.all(
    offTopic.map(async (question) => ({ question, hits: await search.find(question, 1) })),
  );
  expect(found.filter(({ hits }) => hits.length > 0)).toEqual([]);
});

test('whoever types Simplified characters finds the same', async () => {
  const [traditional] = await search.find('怎麼取消訂單', 1);
  const [simplified] = await search.find('怎么取消订单', 1);
  expect(simplified).toEqual(traditional);
});

test('misspelt words are understood, and count a little less', async () => {
  const [right] = await search.find('cancel my order', 1);
  const [misspelt] = await search.find('cancle my ordr', 1);
  expect(misspelt!.id).toBe(right!.id);
  expect(misspelt!.score).toBeLessThan(right!.score);
  expect(misspelt!.score).toBeGreaterThan(0.6);
});

test.each(['', '   ', '???', "'; DROP TABLE faq.entries; --", '\\', "a'b\\c", '😀', 'x'.repeat(10_000), '退', '%_'])(
  'a question like %j is no fault',
  async (question) => {
    await expect(search.find(question, 5)).resolves.toBeInstanceOf(Array);
  },
);

test('entries that are not published are not found', async () => {
  const [before] = await search.find('gift card balance', 1);
  await db.query(`UPDATE faq.entries SET status = 'ARCHIVED' WHERE id = $1`, [before!.id]);
  const after = await search.find('gift card balance', 5);
  expect(after.map(({ id }) => id)).not.toContain(before!.id);
  await db.query(`UPDATE faq.entries SET status = 'PUBLISHED' WHERE id = $1`, [before!.id]);
});

test('seeding again changes nothing', async () => {
  const count = () => db.query('SELECT count(*) AS entries, max(updated_at) AS last FROM faq.entries');
  const before = await count();
  await seedFaqs(db, new Date());
  expect(await count()).toEqual(before);
  expect(before).toMatchObject([{ entries: 60 }]);
});
