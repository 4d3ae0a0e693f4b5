import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { shopFile } from '../../subgraphs/orders/test/shop.js';
import { launchChromium } from './chromium.js';
import { lowContrast, namelessControls } from './looks.js';
import { openVisitor, type Visitor } from './visitor.js';
import { startWorld, type World } from './world.js';

/** Streaming takes its time, and so does a browser on a small machine. */
vi.setConfig({ testTimeout: 60_000 });

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld({ tokensPerSecond: 20, shop: shopFile() }), launchChromium()]);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await world.close();
});

async function visit(options?: BrowserContextOptions): Promise<Visitor> {
  const visitor = await openVisitor(browser, world.url, options);
  onTestFinished(() => visitor.leave());
  return visitor;
}

const policy = 'What is your return policy?';
const bothWishes = 'What is your return policy? And where is my order #W1000001? My e-mail is ann@example.com';

const writing = (page: Page) => page.locator('.reply[aria-busy=true]');
const whole = (page: Page) => page.locator('.reply[aria-busy=false]');
const textsIn = (page: Page) => page.locator('.reply .markdown').allTextContents();

/** Resolves once at least so many agents have written something in a reply that is not yet whole. */
async function midReply(page: Page, agents = 1): Promise<string[]> {
  await expect.poll(async () => (await writing(page).locator('.markdown').allTextContents()).filter(Boolean).length, { timeout: 15_000, interval: 20 }).toBeGreaterThanOrEqual(agents); // prettier-ignore
  return textsIn(page);
}

/** What a fresh reading of the conversation shows: the truth of the database. */
async function afterReload(page: Page): Promise<string[]> {
  await page.reload();
  await whole(page).first().waitFor();
  return textsIn(page);
}

const longer = (before: string[]) => async (page: Page) =>
  (await textsIn(page)).some((text, index) => text.length > (before[index]?.length ?? 0));

describe('a conversation', () => {
  test('shows a message at once, and its reply as it grows, with Markdown and sources', async () => {
    const { page, say, problems } = await visit();
    await say(policy);
    await page.getByText(policy).waitFor();
    const begun = await midReply(page);
    await expect.poll(() => longer(begun)(page)).toBe(true);
    await whole(page).waitFor();
    expect(await page.locator('.reply .markdown strong').first().textContent()).toBe('delivered');
    expect(await page.getByRole('list', { name: 'Sources' }).textContent()).toContain('What is your return policy?');
    expect(await textsIn(page)).toEqual(await afterReload(page));
    expect(problems).toEqual([]);
  });

  test('shows two agents that write at once, each under its name', async () => {
    const { page, say } = await visit();
    await say(bothWishes);
    const begun = await midReply(page, 2);
    expect(await page.locator('.agent-name').allTextContents()).toEqual(['Help pages', 'Orders']);
    await expect.poll(() => longer(begun)(page), { interval: 20 }).toBe(true);
    expect(await writing(page).count()).toBe(1);
    await whole(page).waitFor();
    expect(await textsIn(page)).toEqual(await afterReload(page));
  });

  test('loses nothing when the page is loaded anew in mid-reply', async () => {
    const { page, say, problems } = await visit();
    await say(policy);
    const [begun] = await midReply(page);
    await page.reload();
    await page.getByText(policy).waitFor();
    // What was shown before is there again, and it goes on.
    const [again] = await midReply(page);
    expect(again!.length).toBeGreaterThan(0);
    await whole(page).waitFor();
    const [all] = await textsIn(page);
    expect(all!.length).toBeGreaterThan(begun!.length);
    expect([all]).toEqual(await afterReload(page));
    expect(problems).toEqual([]);
  });

  test('goes on where it was when the gateway was away, and says that it was', async () => {
    const { page, say } = await visit();
    await say(policy);
    await midReply(page);
    onTestFinished(() => world.startGateway());
    await world.stopGateway();
    await page.getByRole('main').getByText('Connection lost').waitFor();
    await world.startGateway();
    await whole(page).waitFor();
    expect(await page.getByRole('main').getByText('Connection lost').count()).toBe(0);
    expect(await textsIn(page)).toEqual(await afterReload(page));
  });

  test('marks a message that could not be sent, and sends it again when the network is back', async () => {
    const { page, say } = await visit();
    await page.context().setOffline(true);
    await say('Hello');
    await page.getByText('Not sent.').waitFor();
    await page.getByText('You are offline.').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await whole(page).waitFor();
    expect(await page.locator('.own').count()).toBe(1);
  });

  test('says a message once whose answer was lost and that was sent again', async () => {
    const { page, say } = await visit();
    const keys: string[] = [];
    await page.route('**/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON() as Sent;
      if (/mutation SendMessage/.test(query)) keys.push(variables.input!.idempotencyKey);
      if (keys.length > 1 || /StartSession|ReadShop/.test(query)) return route.continue();
      // The server has the message. The page hears of it neither from the answer nor from events.
      if (/mutation SendMessage/.test(query)) await route.fetch();
      await route.abort();
    });
    await say('Thank you');
    await page.getByRole('button', { name: 'Try again' }).click();
    await whole(page).waitFor();
    await afterReload(page);
    expect(await page.locator('.own').count()).toBe(1);
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  test('stops a reply, of which what was written stays', async () => {
    const { page, say } = await visit();
    await say(policy);
    await midReply(page);
    await page.getByRole('button', { name: 'Stop the reply' }).click();
    await page.getByText('Stopped').waitFor();
    const [stopped] = await textsIn(page);
    expect(stopped!.length).toBeGreaterThan(0);
    expect([stopped]).toEqual(await afterReload(page));
    expect(await page.getByRole('button', { name: 'Stop the reply' }).count()).toBe(0);
  });

  test('tells of the handoff and the place in the queue, of its end, and begins another', async () => {
    const { page, say } = await visit();
    await say('I would like to talk to a person');
    await page
      .getByRole('region', { name: 'A colleague will join you' })
      .getByText(/You are number \d+ in the queue/)
      .waitFor();
    await page.getByText('Waiting for a colleague').waitFor();
    await page.evaluate(closeFromElsewhere);
    await page.getByRole('heading', { name: 'This conversation has ended' }).waitFor();
    await page.getByRole('button', { name: 'New conversation' }).last().click();
    await page.getByRole('heading', { name: 'How can we help?' }).waitFor();
    await say('Hello');
    await whole(page).waitFor();
    expect(await page.locator('.own').count()).toBe(1);
  });

  test('is left for a new one only after a question', async () => {
    const { page, say } = await visit();
    await say('Hello');
    await whole(page).waitFor();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('button', { name: 'Keep this one' }).click();
    expect(await page.locator('.own').count()).toBe(1);
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('button', { name: 'Begin', exact: true }).click();
    await page.getByRole('heading', { name: 'How can we help?' }).waitFor();
    expect(await page.locator('.own').count()).toBe(0);
  });
});

/** The session that this browser keeps. Runs in the page. */
function sessionHere(): string {
  return (JSON.parse(localStorage.getItem('supportgraph.session')!) as { opened: { id: string } }).opened.id;
}

interface Sent {
  query: string;
  variables: { input?: { idempotencyKey: string } };
}

/** Closes the session as another device of the customer would. Runs in the page, for its token. */
async function closeFromElsewhere(): Promise<void> {
  const { opened } = JSON.parse(localStorage.getItem('supportgraph.session')!) as {
    opened: { id: string; accessToken: string };
  };
  await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${opened.accessToken}` },
    body: JSON.stringify({
      query: 'mutation ($input: CloseSessionInput!) { closeSession(input: $input) { userErrors { code } } }',
      variables: { input: { sessionId: opened.id } },
    }),
  });
}

async function statusOf(orderId: string): Promise<unknown> {
  const sql = 'SELECT status FROM commerce.orders WHERE id = $1';
  const [order] = await world.db.query<{ status: string }>(sql, [orderId], 'test-status-of-order');
  return order?.status;
}

describe('an order', () => {
  test('that is asked about is a card, beside the answer of another agent', async () => {
    const { page, say, problems } = await visit();
    await say(bothWishes);
    const card = page.getByRole('region', { name: 'Order #W1000001' });
    await card.waitFor();
    for (const shown of ['Delivered', 'T-Shirt', 'blue · M', '$20.00', 'Coffee Mug', '$28.25'])
      expect(await card.textContent()).toContain(shown);
    await whole(page).waitFor();
    expect(await page.locator('.agent-name').allTextContents()).toEqual(['Help pages', 'Orders']);
    expect(problems).toEqual([]);
  });

  test('is cancelled only once the customer confirms, who sees what is agreed to', async () => {
    const { page, say, problems } = await visit();
    await say('Please cancel my order #W1000004, I no longer need it. My e-mail is ann@example.com');
    const proposal = page.getByRole('region', { name: /^Please confirm/ });
    await proposal.waitFor();
    expect(await proposal.textContent()).toContain('#W1000004');
    expect(await statusOf('ord_W1000004')).toBe('PENDING');
    await proposal.getByRole('button', { name: 'Confirm' }).click();
    await proposal.getByText('Done').waitFor();
    expect(await statusOf('ord_W1000004')).toBe('CANCELLED');
    expect(await page.getByRole('button', { name: 'Confirm' }).count()).toBe(0);
    await page.reload();
    await proposal.getByText('Done').waitFor();
    expect(problems).toEqual([]);
  });

  test('stays as it is if the customer declines', async () => {
    const { page, say } = await visit();
    await say('Please cancel my order #W1000005, I no longer need it. My e-mail is ann@example.com');
    const proposal = page.getByRole('region', { name: /^Please confirm/ });
    await proposal.getByRole('button', { name: 'Decline' }).click();
    await proposal.getByText('Declined').waitFor();
    expect(await statusOf('ord_W1000005')).toBe('PENDING');
  });
});

describe('the page', () => {
  test('speaks the language of the browser, and the one that is chosen, also later', async () => {
    const { page, say, problems } = await visit({ locale: 'zh-TW' });
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hant');
    await say('退貨政策是什麼？');
    await whole(page).waitFor();
    expect(await page.locator('.agent-name').allTextContents()).toEqual(['常見問題']);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('.agent-name').allTextContents()).toEqual(['Help pages']);
    await page.reload();
    await whole(page).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(problems).toEqual([]);
  });

  test('opens the conversation in the language of the first message, whatever that of the page', async () => {
    const { page, say } = await visit({ locale: 'en-US' });
    await say('退貨政策是什麼？');
    await whole(page).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect((await textsIn(page)).join()).toMatch(/\p{Script=Han}/u);
  });

  test('fits a phone: nothing is wider than the screen, and the field is in view', async () => {
    const { page, say } = await visit({ viewport: { width: 320, height: 560 }, isMobile: true, hasTouch: true });
    await say(bothWishes);
    await whole(page).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(
      await page.evaluate(
        () => document.querySelector('.log')!.scrollWidth <= document.querySelector('.log')!.clientWidth,
      ),
    ).toBe(true);
    const field = await page.locator('#message').boundingBox();
    expect(field!.y + field!.height).toBeLessThanOrEqual(560);
  });

  test.each(['light', 'dark'] as const)(
    'can be read in %s colours: every text has a contrast of 4.5 : 1',
    async (colorScheme) => {
      const { page, say } = await visit({ colorScheme });
      const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      expect(ground).toBe(colorScheme === 'dark' ? 'rgb(15, 17, 19)' : 'rgb(246, 247, 246)');
      expect(await page.evaluate(lowContrast)).toEqual([]);
      await say(bothWishes);
      await whole(page).waitFor();
      await say('I would like to talk to a person');
      await page.getByRole('region', { name: 'A colleague will join you' }).waitFor();
      expect(await page.evaluate(lowContrast)).toEqual([]);
    },
  );

  test('can be used with the keyboard alone, and everything in it has a name', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: policy }).waitFor();
    expect(await page.evaluate(namelessControls)).toEqual([]);
    await page.evaluate(() => document.body.focus());
    const reached: string[] = [];
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(
          () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
        ),
      );
    }
    expect(reached).toEqual(expect.arrayContaining(['English', '繁體中文', 'Conversation', policy, 'Your message']));
    await page.locator('#message').focus();
    await page.keyboard.type('Hello');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('there');
    await page.keyboard.press('Enter');
    await page.locator('.own').getByText('Hello\nthere').waitFor();
    await whole(page).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('message');
  });

  test('stops a reply with Escape', async () => {
    const { page, say } = await visit();
    await say(policy);
    await midReply(page);
    await page.keyboard.press('Escape');
    await page.getByText('Stopped').waitFor();
  });

  test('tells a screen reader of a reply once, when it is whole', async () => {
    const { page, say } = await visit();
    await page.evaluate(recordAnnouncements);
    await say(policy);
    await whole(page).waitFor();
    const said = () => page.evaluate(() => window.announced);
    await expect.poll(async () => (await said()).length).toBe(2);
    const [first, second] = await said();
    expect(first).toBe('The assistant is writing.');
    expect(second).toMatch(/^Assistant says: You can return some or all items .* delivered .*exchange\.$/);
    expect(await page.locator('[aria-live], [role=log], [role=status]').count()).toBe(1);
  });

  test('does not move what is read: its layout shifts by less than 0.1', async () => {
    const { page, say } = await visit();
    await page.evaluate(recordShifts);
    await say(policy);
    await whole(page).waitFor();
    expect(await page.evaluate(() => window.shifted)).toBeLessThan(0.1);
  });

  test('shows what a reply brings as text: no element but those of Markdown, no link but the shop’s', async () => {
    const { page, say } = await visit();
    await say('Hello');
    await whole(page).waitFor();
    await world.db.query(
      `UPDATE conversation.messages SET parts = jsonb_set(parts, '{0,text}', to_jsonb($1::text)) WHERE author_kind = 'ASSISTANT' AND session_id = $2`,
      [
        '<img src=x onerror=alert(1)> ![a](https://evil.example/a.png) [b](javascript:alert(1)) [c](https://evil.example) ' +
          '[d](https://shop.example/d) https://evil.example/e **f**',
        await page.evaluate(sessionHere),
      ],
      'test-bad-reply',
    );
    await page.reload();
    const text = page.locator('.reply .markdown').last();
    await text.getByText('f').waitFor();
    expect(await text.locator('img, script, form, iframe, input').count()).toBe(0);
    expect(
      await text.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['https://shop.example/d']);
    expect(await text.textContent()).toContain('<img src=x onerror=alert(1)>');
  });

  test('allows no code, style or address but its own', async () => {
    const { page } = await visit();
    const response = await page.goto(world.url);
    const policies = response!.headers()['content-security-policy']!.split('; ');
    expect(policies).toContain("default-src 'none'");
    expect(policies.join(' ')).not.toMatch(/unsafe|https?:|\*/);
    expect(await page.locator('script:not([src]), style, [style], [onclick]').count()).toBe(0);
  });
});

declare global {
  interface Window {
    announced: string[];
    shifted: number;
  }
}

function recordAnnouncements(): void {
  window.announced = [];
  const record = (changes: MutationRecord[]) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]))
      window.announced.push(node.textContent ?? '');
  };
  new MutationObserver(record).observe(document.querySelector('[role=status]')!, { childList: true });
}

function recordShifts(): void {
  window.shifted = 0;
  const record = (list: PerformanceObserverEntryList) => {
    // The DOM's types do not have this kind of entry. What follows a key at once was asked for.
    const entries = list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[];
    for (const { value, hadRecentInput } of entries) window.shifted += hadRecentInput ? 0 : value;
  };
  new PerformanceObserver(record).observe({ type: 'layout-shift' });
}
