import { useGraphiQL } from '@graphiql/react';
import { type RefObject, useEffect } from 'react';

/** An editor, as far as it scrolls. */
export interface ScrolledEditor {
  getScrollTop(): number;
  setScrollTop(top: number): void;
  getScrollHeight(): number;
  getLayoutInfo(): { height: number };
}

/** How near to the end somebody is who reads it, in px. */
const nearPx = 40;

/** Replaces what an editor shows by something longer: who reads its end sees the new end, and who reads above stays there. */
export function replaceAtEnd(editor: ScrolledEditor | null, show: () => void): void {
  if (!editor) return show();
  const top = editor.getScrollTop();
  const isAtEnd = top + editor.getLayoutInfo().height >= editor.getScrollHeight() - nearPx;
  show();
  editor.setScrollTop(isAtEnd ? editor.getScrollHeight() : top);
}

/** Keeps hold of the editor that shows results. */
export function KeepEditor({ into }: { into: RefObject<ScrolledEditor | null> }) {
  const editor = useGraphiQL((state) => state.responseEditor);
  useEffect(() => {
    into.current = editor ?? null;
  }, [editor, into]);
  return null;
}
