// These run in the page, so each is complete in itself.

/** Texts in view whose contrast with what is behind them is below 4.5 : 1. What is switched off is exempt, as in WCAG. */
export function lowContrast(): string[] {
  const numbers = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (rgb: number[]) => {
    const [r, g, b] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const ground = (element: Element | null): number[] => {
    if (!element) return [255, 255, 255];
    const color = numbers(getComputedStyle(element).backgroundColor);
    return color.length === 3 || color[3] === 1 ? color.slice(0, 3) : ground(element.parentElement);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement!;
    const text = walker.currentNode.textContent!.trim();
    if (!text || !element.checkVisibility() || element.closest('.unseen, .skip, :disabled, noscript')) continue;
    const [one, other] = [numbers(getComputedStyle(element).color).slice(0, 3), ground(element)].map(luminance);
    const contrast = (Math.max(one!, other!) + 0.05) / (Math.min(one!, other!) + 0.05);
    if (contrast < 4.5) found.push(`${text}: ${contrast.toFixed(2)}`);
  }
  return found;
}

/** Buttons, fields and links without a name. */
export function namelessControls(): string[] {
  const controls = [...document.querySelectorAll('button, a[href], textarea, input, select, [tabindex="0"]')];
  return controls
    .filter((control) => !(control.getAttribute('aria-label') ?? control.textContent).trim())
    .map((control) => control.outerHTML.slice(0, 100));
}
