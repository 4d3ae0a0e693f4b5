import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { createContext } from 'preact';
import { type Parser, parser, parser_end, parser_write } from 'streaming-markdown';
import { linksTo, type MayLink } from '../markdown/links.js';
import { safeRenderer } from '../markdown/renderer.js';

/** Where links may lead. */
export const LinksContext = createContext<MayLink>(linksTo([]));

/** What was written into the element, and whether its end was. */
interface Written {
  parser: Parser;
  text: string;
  isFinal: boolean;
  mayLink: MayLink;
}

/** Markdown that may grow. What is shown already is left alone: only what is new is written. */
export function MarkdownText({ text, isFinal }: { text: string; isFinal: boolean }) {
  const mayLink = useContext(LinksContext);
  const element = useRef<HTMLDivElement>(null);
  const written = useRef<Written | null>(null);
  useLayoutEffect(() => {
    written.current = write(element.current!, written.current, text, isFinal, mayLink);
  }, [text, isFinal, mayLink]);
  return <div class="markdown" ref={element} />;
}

function write(
  element: Element,
  held: Written | null,
  text: string,
  isFinal: boolean,
  mayLink: MayLink,
): Written | null {
  const goesOn = held && !held.isFinal && held.mayLink === mayLink && text.startsWith(held.text);
  const isSame = held && held.isFinal && isFinal && held.mayLink === mayLink && text === held.text;
  if (isSame) return held;
  if (!goesOn) element.replaceChildren();
  const into = goesOn ? held.parser : parser(safeRenderer(element, mayLink));
  parser_write(into, goesOn ? text.slice(held.text.length) : text);
  // Without it the last characters, which could have begun something, are never shown.
  if (isFinal) parser_end(into);
  return { parser: into, text, isFinal, mayLink };
}
