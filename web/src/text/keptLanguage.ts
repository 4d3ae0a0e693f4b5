import { storageOf } from '../conversation/keptSession.js';
import { type Language, languageOf } from './language.js';

const storageKey = 'supportgraph.language';

/** The language that was chosen in this browser, else the browser's own. */
export function readLanguage(window: Window): Language {
  return languageOf(storageOf(window).getItem(storageKey) ?? window.navigator.language);
}

/** Remembers a choice. */
export function keepLanguage(window: Window, language: Language): void {
  storageOf(window).setItem(storageKey, language);
}
