/** What a browser keeps of its conversation. */
export interface KeptSession {
  /** Idempotency key that the session was, or will be, opened with. */
  key: string;
  /** Language it was opened in: with another one the key would mean something else. */
  language: string;
  /** Null until it is open. */
  opened: { id: string; accessToken: string } | null;
}

/** Where it is kept. */
export interface SessionKeeper {
  read(): KeptSession | null;
  keep(kept: KeptSession): void;
  forget(): void;
  /** Tells when another tab has kept or forgotten one. */
  onChange(listener: () => void): void;
}

const storageKey = 'supportgraph.session';

/** A new key: whoever has it can open the session, so it is as hard to guess as a token. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps the session in the browser's storage, for all of its tabs; or in this page alone, where there is none. */
export function browserKeeper(window: Window): SessionKeeper {
  const storage = storageOf(window);
  return {
    read: () => parse(storage.getItem(storageKey)),
    keep: (kept) => storage.setItem(storageKey, JSON.stringify(kept)),
    forget: () => storage.removeItem(storageKey),
    onChange: (listener) =>
      window.addEventListener('storage', ({ key }) => {
        if (key === storageKey || key === null) listener();
      }),
  };
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A browser that keeps nothing for a page throws when it is asked. */
export function storageOf(window: Window): TextStorage {
  try {
    const { localStorage } = window;
    localStorage.getItem(storageKey);
    return localStorage;
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, text) => void kept.set(key, text),
      removeItem: (key) => void kept.delete(key),
    };
  }
}

/** Anybody can write into the storage of their own browser: what is not a kept session is none. */
function parse(text: string | null): KeptSession | null {
  if (text === null) return null;
  try {
    const { key, language, opened } = JSON.parse(text) as Partial<Record<keyof KeptSession, unknown>>;
    if (typeof key !== 'string' || typeof language !== 'string') return null;
    return { key, language, opened: parseOpened(opened) };
  } catch {
    return null;
  }
}

function parseOpened(opened: unknown): KeptSession['opened'] {
  if (typeof opened !== 'object' || opened === null || !('id' in opened) || !('accessToken' in opened)) return null;
  const { id, accessToken } = opened;
  return typeof id === 'string' && typeof accessToken === 'string' ? { id, accessToken } : null;
}
