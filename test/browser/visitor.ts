import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Somebody who has the page open. */
export interface Visitor {
  page: Page;
  /** What went wrong that nobody sees: errors on the console, and requests to other hosts. */
  problems: readonly string[];
  /** Writes a message and sends it with Enter. */
  say(text: string): Promise<void>;
  leave(): Promise<void>;
}

/** Opens the page in a browser that has never seen it. */
export async function openVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1100, height: 800 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const { host } = new URL(url);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).host !== host) problems.push(`request to ${request.url()}`);
  });
  await page.goto(url);
  return {
    page,
    problems,
    async say(text) {
      await page.locator('#message').fill(text);
      await page.keyboard.press('Enter');
    },
    leave: () => context.close(),
  };
}
