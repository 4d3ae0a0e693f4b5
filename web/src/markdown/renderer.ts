import { Attr, type Renderer, Token } from 'streaming-markdown';
import type { MayLink } from './links.js';

interface Place {
  /** The elements that are open, the outermost first. */
  open: Element[];
  mayLink: MayLink;
}

/** The element of each kind of token; what is not here shows as plain text. Headings stay below those of the page. */
const elements: Partial<Record<Token, string>> = {
  [Token.Paragraph]: 'p',
  [Token.Heading_1]: 'h3',
  [Token.Heading_2]: 'h3',
  [Token.Heading_3]: 'h4',
  [Token.Heading_4]: 'h4',
  [Token.Heading_5]: 'h5',
  [Token.Heading_6]: 'h5',
  [Token.Blockquote]: 'blockquote',
  [Token.Line_Break]: 'br',
  [Token.Rule]: 'hr',
  [Token.Italic_Ast]: 'em',
  [Token.Italic_Und]: 'em',
  [Token.Strong_Ast]: 'strong',
  [Token.Strong_Und]: 'strong',
  [Token.Strike]: 's',
  [Token.Code_Inline]: 'code',
  [Token.Code_Block]: 'pre',
  [Token.Code_Fence]: 'pre',
  [Token.Link]: 'a',
  [Token.Raw_URL]: 'a',
  [Token.List_Unordered]: 'ul',
  [Token.List_Ordered]: 'ol',
  [Token.List_Item]: 'li',
  [Token.Table]: 'table',
  [Token.Table_Row]: 'tr',
  [Token.Table_Cell]: 'td',
};

/**
 * Writes Markdown into an element as it comes. It makes only the elements above and only links that are allowed, so that no
 * text of a model can bring an image, a form or a foreign address into the page.
 */
export function safeRenderer(root: Element, mayLink: MayLink): Renderer<Place> {
  return {
    data: { open: [root], mayLink },
    add_token({ open }, token) {
      // The document is the root itself.
      if (token === Token.Document) return;
      const parent = open.at(-1)!;
      open.push(parent.appendChild(root.ownerDocument.createElement(elements[token] ?? 'span')));
    },
    end_token({ open }) {
      if (open.length === 1) return;
      const element = open.pop()!;
      // The parser takes `[1]` for a link without an address: it is the number of a source.
      if (element.localName === 'a' && /^\d+$/.test(element.textContent)) element.className = 'source-number';
    },
    add_text({ open }, text) {
      open.at(-1)!.append(text);
    },
    set_attr({ open, mayLink }, attribute, value) {
      const element = open.at(-1)!;
      if (attribute === Attr.Start) element.setAttribute('start', value);
      if (attribute !== Attr.Href || element.localName !== 'a' || !mayLink(value)) return;
      for (const [name, given] of Object.entries({ href: value, target: '_blank', rel: 'noopener noreferrer' }))
        element.setAttribute(name, given);
    },
  };
}
