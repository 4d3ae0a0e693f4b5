import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** How near to the end counts as there, in pixels. */
const nearPx = 48;

/** A list that grows at its end and is read from there. */
export interface Bottom {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtBottom: boolean;
  goToBottom(): void;
  /** Call it before older things come in above: what is read then stays where it is. */
  holdPlace(): void;
}

/** Keeps the end in view while it grows, unless the reader has scrolled away from it. */
export function useBottom(): Bottom {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const heldFromEnd = useRef<number | null>(null);
  const [isAtBottom, setAtBottom] = useState(true);

  useEffect(() => {
    const view = scroller.current!;
    const onScroll = () => {
      follows.current = view.scrollHeight - view.scrollTop - view.clientHeight < nearPx;
      setAtBottom(follows.current);
    };
    const onResize = () => {
      if (heldFromEnd.current !== null) view.scrollTop = view.scrollHeight - heldFromEnd.current;
      else if (follows.current) view.scrollTop = view.scrollHeight;
      heldFromEnd.current = null;
      onScroll();
    };
    const observer = new ResizeObserver(onResize);
    observer.observe(content.current!);
    observer.observe(view);
    view.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      view.removeEventListener('scroll', onScroll);
    };
  }, []);

  const goToBottom = useCallback(() => {
    follows.current = true;
    scroller.current!.scrollTop = scroller.current!.scrollHeight;
  }, []);
  const holdPlace = useCallback(() => {
    heldFromEnd.current = scroller.current!.scrollHeight - scroller.current!.scrollTop;
  }, []);
  return { scroller, content, isAtBottom, goToBottom, holdPlace };
}
