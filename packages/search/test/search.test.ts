import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bestPassage, passagesOf, plainText, textSearch, type TextSearch } from '../src/index.js';
import { distanceOf, meantWord } from '../src/spelling.js';

let db: TestDatabase['db'];
let drop: () => Promise<void>;
let search: TextSearch;

/** A corpus of the test's own, in a table with the columns that a search needs. */
const corpus: readonly (readonly [id: string, title: string, keywords: readonly string[], body: string])[] = [
  ['umbrella', 'How do I close an umbrella?', ['fold umbrella'], 'Pull the *runner* down.'],
  ['umbrella', '如何收傘？', ['收雨傘'], '把滑套往下拉。'],
  ['kettle', 'How do I descale a kettle?', ['limescale'], 'Boil water with vinegar.'],
  ['kettle', '如何為水壺除垢？', ['水垢'], '加醋煮沸。'],
  ['parcel', 'How do I return a parcel?', [], 'At any post office.'],
  ['parcel', '如何退貨？', [], '請至郵局。'],
  ['mix-up', 'What if it is the wrong item?', [], 'Tell us.'],
  ['lamp', 'Which bulb does the lamp take?', ['light bulb'], 'An E27 bulb. The umbrella stand has none.'],
];

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  await db.query(`CREATE TABLE corpus (id text, title text, keywords text[], body text,
    search tsvector GENERATED ALWAYS AS (search.document(title, keywords, body)) STORED,
    phrases text GENERATED ALWAYS AS (search.phrases(title, keywords)) STORED,
    wordings text[] GENERATED ALWAYS AS (search.wordings(title, keywords)) STORED)`);
  for (const row of corpus)
    await db.query('INSERT INTO corpus (id, title, keywords, body) VALUES ($1, $2, $3, $4)', [...row]);
  search = textSearch(db, 'corpus');
});
afterAll(() => drop());

const idsFor = async (question: string) => (await search.find(question, 5)).map(({ id }) => id);

describe('finding', () => {
  test('four misspelt words of a question are mended, and no more', async () => {
    const looked: unknown[] = [];
    const watched: typeof db = {
      ...db,
      query: (text, values, name) => {
        if (name?.startsWith('search-alike')) looked.push(values![0]);
        return db.query(text, values, name);
      },
    };
    const found = await textSearch(watched, 'corpus').find('umbrela qwxz vbnq plkj zzgh hhkk', 5);
    expect(looked).toEqual([['umbrela', 'qwxz', 'vbnq', 'plkj']]);
    expect(found).toEqual([]);
  });

  test('an entry comes once, in whatever language it is found', async () => {
    expect(await idsFor('closing umbrellas 收傘')).toEqual(['umbrella']);
  });

  test('a word in the title counts more than the same word in the text', async () => {
    const [best, next] = await search.find('umbrella', 5);
    expect(best).toMatchObject({ id: 'umbrella' });
    expect(next?.score ?? 0).toBeLessThan(best!.score);
  });

  test('Chinese without spaces is found, in Traditional and Simplified characters and in full width', async () => {
    expect(await idsFor('水壺裡有水垢怎麼除垢')).toEqual(['kettle']);
    expect(await idsFor('水壶除垢')).toEqual(['kettle']);
    expect(await idsFor('ＬＩＭＥＳＣＡＬＥ')).toEqual(['kettle']);
  });

  test('a misspelt word finds what was meant, another word does not', async () => {
    expect(await idsFor('kettel')).toEqual(['kettle']);
    expect(await idsFor('nettle')).toEqual([]);
  });

  test('what stands between a verb and its “back” changes nothing', async () => {
    const [together] = await search.find('send back a parcel', 5);
    const [apart] = await search.find('I sent the heavy parcel back', 5);
    expect([together?.id, apart?.id]).toEqual(['parcel', 'parcel']);
    expect(await idsFor('收到後還可以退嗎')).toEqual(['parcel']);
  });

  test('a phrase means the same only as it stands: “but I received” says more than “receive”', async () => {
    expect(await idsFor('received')).toEqual([]);
  });

  test('nothing is found by words that say nothing', async () => {
    expect(await idsFor('please can you tell me something')).toEqual([]);
    expect(await idsFor('請問一下可以嗎')).toEqual([]);
  });

  test('no score is above 1', async () => {
    for (const [, title] of corpus) {
      const [best] = await search.find(title, 1);
      expect(best!.score).toBeGreaterThan(0.9);
      expect(best!.score).toBeLessThanOrEqual(1);
    }
  });
});

test('Chinese stop words are kept folded, as questions are', async () => {
  const rows = await db.query<{ word: string }>(
    `SELECT word FROM unnest(search.chinese_stop_words()) AS word WHERE search.fold(word) <> word`,
  );
  expect(rows).toEqual([]);
});

describe('spelling', () => {
  test.each([
    ['cancle', 'cancel'],
    ['adress', 'address'],
    ['ordr', 'order'],
    ['recieved', 'received'],
  ])('%s means %s', (typed, meant) => {
    expect(meantWord(typed, ['order', 'cancel', 'address', 'received', 'card'])).toBe(meant);
  });

  test('short words and other first letters are left alone', () => {
    expect(meantWord('cord', ['card'])).toBeNull();
    expect(meantWord('mount', ['amount', 'count'])).toBeNull();
  });

  test('swapped neighbours are one mistake', () => {
    expect(distanceOf('ab', 'ba')).toBe(1);
    expect(distanceOf('', 'abc')).toBe(3);
  });
});

describe('excerpts', () => {
  test('Markdown becomes plain text', () => {
    expect(plainText('- **Bold**, `code` and a [link](https://example.com)\n\n> quoted')).toBe(
      'Bold, code and a link quoted',
    );
  });

  test('passages are sentences and list items, in English and Chinese', () => {
    expect(passagesOf('First. Costs 5.50 now!\n\n- Item\n第一句。第二句？')).toEqual([
      'First.',
      'Costs 5.50 now!',
      'Item',
      '第一句。',
      '第二句？',
    ]);
    expect(passagesOf('')).toEqual([]);
  });

  test('the passage that shares most is chosen, the first of equals', () => {
    expect(bestPassage(['a', 'b', 'c'], [1, 2, 2])).toBe('b');
    expect(bestPassage([], [])).toBe('');
  });
});
