/** @jsxImportSource react */
import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import type { Notice } from './noticeBar.js';
import { shareFragment } from './shareLink.js';

/** Copies a link to what is in the tab. */
export function ShareButton({ onNotice }: { onNotice(notice: Notice): void }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const operationName = useGraphiQL((state) => state.operationName) ?? null;

  const share = async () => {
    const query = queryEditor?.getValue() ?? '';
    const fragment = await shareFragment({ query, variables: variableEditor?.getValue() ?? '', operationName });
    if (fragment === null) return onNotice({ kind: 'problem', text: 'This is too long for a link.' });
    const link = new URL(fragment, location.href).href;
    // Browsers give no clipboard to a page over plain HTTP.
    const isCopied = await navigator.clipboard?.writeText(link).then(
      () => true,
      () => false,
    );
    if (isCopied)
      return onNotice({ kind: 'done', text: 'The link is copied. It holds the operation and its variables.' });
    history.replaceState(null, '', link);
    onNotice({ kind: 'done', text: 'The link is in the address bar. It holds the operation and its variables.' });
  };
  return (
    <ToolbarButton label="Copy a link to this operation" onClick={() => void share()}>
      <svg
        className="graphiql-toolbar-icon"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        aria-hidden="true"
      >
        <path strokeLinecap="round" strokeLinejoin="round" d="M12 15V3m0 0L8 7m4-4 4 4M5 12v8h14v-8" />
      </svg>
    </ToolbarButton>
  );
}
