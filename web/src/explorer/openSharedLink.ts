import { useEffect } from 'react';
import type { Notice } from './noticeBar.js';
import { readFragment } from './shareLink.js';
import { useNewTab } from './tabs.js';

/** Opens what a link carries in a new tab, without running it, once there are editors and whenever the fragment changes. */
export function OpenSharedLink({ onNotice }: { onNotice(notice: Notice): void }) {
  const openTab = useNewTab();
  useEffect(() => {
    if (!openTab) return;
    const open = async () => {
      const link = await readFragment(location.hash);
      if (link.kind === 'none') return;
      // Once opened it is a tab like any other: loading the page anew does not open it again.
      history.replaceState(null, '', location.pathname);
      if (link.kind === 'broken') return onNotice({ kind: 'problem', text: link.message });
      openTab(link.operation);
      onNotice({ kind: 'done', text: 'The operation of the link is in a new tab. Read it before you run it.' });
    };
    const onChange = () => void open();
    onChange();
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, [openTab, onNotice]);
  return null;
}
