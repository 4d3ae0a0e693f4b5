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

/** Keeps hold of the editor that shows results, and sets what GraphiQL leaves as Monaco has it. */
export function KeepEditor({ into }: { into: RefObject<ScrolledEditor | null> }) {
  const response = useGraphiQL((state) => state.responseEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  useEffect(() => {
    into.current = response ?? null;
    // Otherwise each comma of a Chinese text is framed, as one that could be taken for another.
    for (const editor of [response, variables])
      editor?.updateOptions({ unicodeHighlight: { ambiguousCharacters: false } });
  }, [response, variables, into]);
  return null;
}
