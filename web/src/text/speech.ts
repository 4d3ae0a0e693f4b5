import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from './language.js';
import { word, type Word } from './table.js';

/** The page's language, as components speak it. */
export interface Speech {
  language: Language;
  say(name: Word, values?: Readonly<Record<string, string | number>>): string;
  /** An exact amount, written as people write it. */
  money(amount: { amount: string; currency: string }): string;
  /** When something was said: the time, and the day if it was not today. */
  time(at: Date, now: Date): string;
}

/** Makes the {@link Speech} of a language. */
export function speechOf(language: Language): Speech {
  const locale = language === 'zh-Hant' ? 'zh-TW' : 'en';
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const dayAndTime = new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  return {
    language,
    say: (name, values) => word(language, name, values),
    money: ({ amount, currency }) =>
      // The graph's decimals are numbers as text, which are written without becoming floats.
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount as Intl.StringNumericLiteral),
    time: (at, now) => (at.toDateString() === now.toDateString() ? time : dayAndTime).format(at),
  };
}

export const SpeechContext = createContext<Speech>(speechOf('en'));

/** The {@link Speech} of the component's page. */
export const useSpeech = () => useContext(SpeechContext);
