import { newId, nobody, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPopularity } from '../src/popularity.js';
import { customer, staff, startWorld, type World } from './world.js';
import { silent } from '@supportgraph/kernel';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const rate = `mutation ($input: RateFaqInput!) {
  rateFaq(input: $input) { faq { id helpfulCount unhelpfulCount } userErrors { code message field } }
}`;
interface Rated {
  rateFaq: {
    faq: { helpfulCount: number; unhelpfulCount: number } | null;
    userErrors: { code: string; field: string[] | null }[];
  };
}

async function visitor(): Promise<Viewer> {
  const started = await world.conversation.sessions.start(nobody, { idempotencyKey: newId('evt'), channel: 'WEB' });
  if (!started.ok) throw new Error('no session');
  return { ...nobody, sessionId: started.value.session.id };
}

describe('reading', () => {
  test('an entry is there by id and by slug, in the language of the request', async () => {
    const query = `{ faq(id: "faq_cancel-order") { id slug status question languages category { slug name faqCount } }
      faqBySlug(slug: "cancel-order") { id question(language: "en") } }`;
    const data = await world.run(query, {}, nobody, 'zh-Hant');
    expect(data).toMatchObject({
      faq: {
        slug: 'cancel-order',
        status: 'PUBLISHED',
        question: '可以取消訂單嗎？',
        languages: ['en', 'zh-Hant'],
        category: { slug: 'orders', name: '訂單', faqCount: 11 },
      },
      faqBySlug: { id: 'faq_cancel-order', question: 'Can I cancel my order?' },
    });
  });

  test('a language that does not exist is answered in the nearest one', async () => {
    const query = `{ faq(id: "faq_cancel-order") { mainland: question(language: "zh-CN") french: question(language: "fr") } }`;
    expect(await world.run(query)).toEqual({
      faq: { mainland: '可以取消訂單嗎？', french: 'Can I cancel my order?' },
    });
  });

  test('an id, slug or category that nobody knows is null or empty, whatever is in it', async () => {
    const query = `query ($odd: String!, $id: ID!) { faq(id: "faq_none") { id } malformed: faq(id: $id) { id }
      faqBySlug(slug: $odd) { id } faqs(filter: { category: $odd }) { nodes { id } } searchFaqs(query: $odd) { score } }`;
    for (const odd of ['', '\0', "'", '../x', '😀'])
      expect(await world.run(query, { odd, id: odd })).toEqual({
        faq: null,
        malformed: null,
        faqBySlug: null,
        faqs: { nodes: [] },
        searchFaqs: [],
      });
  });

  test('the gateway gets entities by reference in one batch', async () => {
    const representations = ['faq_cancel-order', 'faq_none', 'faq_warranty'].map((id) => ({ __typename: 'Faq', id }));
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Faq { slug } } }';
    const data = await world.run(query, { representations });
    expect(data).toEqual({ _entities: [{ slug: 'cancel-order' }, null, { slug: 'warranty' }] });
  });

  test('all entries can be paged through, each once', async () => {
    const query = `query ($after: String) { faqs(first: 25, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
    type Page = { faqs: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { faqs }: Page = await world.run<Page>(query, { after });
      ids.push(...faqs.nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = faqs.pageInfo);
    }
    expect(ids).toHaveLength(60);
    expect(new Set(ids).size).toBe(60);
  });

  test('categories are in the order of the shop, and filter the list', async () => {
    const query = '{ faqCategories { slug faqCount } faqs(filter: { category: "gift-cards" }) { nodes { slug } } }';
    const data = await world.run<{ faqCategories: { slug: string }[]; faqs: { nodes: { slug: string }[] } }>(query);
    expect(data.faqCategories.map(({ slug }) => slug).slice(0, 3)).toEqual(['orders', 'returns', 'refunds']);
    expect(data.faqs.nodes.map(({ slug }) => slug)).toEqual([
      'gift-card-balance',
      'gift-card-shortfall',
      'gift-card-use',
    ]);
  });

  test.each(['first: -1', 'first: 101', 'after: "nonsense"'])('a list with %s is bad input', async (argument) => {
    const { errors } = await world.ask(`{ faqs(${argument}) { nodes { id } } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('drafts are there for the staff only', async () => {
    const draft = `UPDATE faq.entries SET status = $1::text::faq.faq_status WHERE id = 'faq_phishing'`;
    await world.db.query(draft, ['DRAFT']);
    const query = `{ faq(id: "faq_phishing") { id } faqBySlug(slug: "phishing") { id } faqs(filter: { status: [DRAFT] }) { nodes { id } } }`;
    const seen = {
      faq: { id: 'faq_phishing' },
      faqBySlug: { id: 'faq_phishing' },
      faqs: { nodes: [{ id: 'faq_phishing' }] },
    };
    expect(await world.run(query, {}, staff)).toEqual(seen);
    const { faq, faqBySlug, faqs } = await world.run<typeof seen>(query);
    expect([faq, faqBySlug]).toEqual([null, null]);
    expect(faqs.nodes).toHaveLength(20);
    await world.db.query(draft, ['PUBLISHED']);
  });
});

describe('searching', () => {
  const query = `query ($query: String!, $language: LanguageTag, $first: Int! = 5) {
    searchFaqs(query: $query, language: $language, first: $first) { score excerpt faq { slug question } }
  }`;
  type Found = { searchFaqs: { score: number; excerpt: string; faq: { slug: string; question: string } }[] };

  test('the passage that fits best is shown as plain text', async () => {
    const { searchFaqs } = await world.run<Found>(query, { query: 'how long does a refund to a gift card take' });
    expect(searchFaqs[0]).toMatchObject({
      faq: { slug: 'refund-time' },
      excerpt: 'A refund to a gift card is credited at once.',
    });
    expect(searchFaqs[0]!.score).toBeGreaterThan(0.5);
    expect(searchFaqs[0]!.score).toBeLessThanOrEqual(1);
  });

  test('a question in one language finds answers in another', async () => {
    const { searchFaqs } = await world.run<Found>(query, { query: 'return policy', language: 'zh-Hant' });
    expect(searchFaqs[0]!.faq.question).toBe('退貨政策是什麼？');
    expect(searchFaqs[0]!.excerpt).toMatch(/[。！？]$/u);
  });

  test('nonsense finds nothing', async () => {
    expect(await world.run(query, { query: 'xyzzy plugh' })).toEqual({ searchFaqs: [] });
  });

  test.each([-1, 21])('asking for %d entries is bad input', async (first) => {
    const { errors } = await world.ask(query, { query: 'refund', first });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('rating', () => {
  test('a viewer has one rating, which can be changed', async () => {
    const viewer = await visitor();
    const input = { faqId: 'faq_sizing', isHelpful: true };
    expect(await world.run(rate, { input }, viewer)).toMatchObject({
      rateFaq: { faq: { helpfulCount: 1, unhelpfulCount: 0 } },
    });
    const changed = await world.run(rate, { input: { ...input, isHelpful: false } }, viewer);
    expect(changed).toMatchObject({ rateFaq: { faq: { helpfulCount: 0, unhelpfulCount: 1 }, userErrors: [] } });
    const other = await world.run(rate, { input }, await visitor());
    expect(other).toMatchObject({ rateFaq: { faq: { helpfulCount: 1, unhelpfulCount: 1 } } });
  });

  test('somebody who has no session cannot rate', async () => {
    const { rateFaq } = await world.run<Rated>(rate, { input: { faqId: 'faq_sizing', isHelpful: true } });
    expect(rateFaq).toMatchObject({ faq: null, userErrors: [{ code: 'FORBIDDEN' }] });
  });

  test('an entry that does not exist, and a session of somebody else, are not found', async () => {
    const viewer = await visitor();
    const unknown = await world.run<Rated>(rate, { input: { faqId: 'faq_none', isHelpful: true } }, viewer);
    expect(unknown.rateFaq).toMatchObject({
      faq: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'faqId'] }],
    });
    const { sessionId } = await visitor();
    const foreign = await world.run<Rated>(rate, { input: { faqId: 'faq_stock', isHelpful: true, sessionId } }, viewer);
    expect(foreign.rateFaq).toMatchObject({
      faq: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'sessionId'] }],
    });
    expect(await world.db.query(`SELECT FROM faq.ratings WHERE faq_id = 'faq_stock'`)).toEqual([]);
  });

  test('what helped most comes first in lists, once the order is refreshed', async () => {
    const input = { faqId: 'faq_warranty', isHelpful: true };
    for (const id of ['cus_1', 'cus_2', 'cus_3']) await world.run(rate, { input }, customer(id));
    await keepPopularity({ db: world.db, log: silent }).stop();
    const { faqs } = await world.run<{ faqs: { nodes: { slug: string }[] } }>('{ faqs(first: 1) { nodes { slug } } }');
    expect(faqs.nodes).toEqual([{ slug: 'warranty' }]);
  });
});
