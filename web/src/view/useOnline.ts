import { useEffect, useState } from 'preact/hooks';

/** Whether the machine has a network, as far as the browser knows. */
export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const over = new AbortController();
    for (const event of ['online', 'offline'])
      window.addEventListener(event, () => setOnline(navigator.onLine), { signal: over.signal });
    return () => over.abort();
  }, []);
  return isOnline;
}
