import type { SessionStatus } from '../api/types.js';
import { type Language, languages } from '../text/language.js';
import { useSpeech } from '../text/speech.js';
import type { Word } from '../text/table.js';
import { BubbleIcon, NewIcon } from './icons.js';

const statusWords: Readonly<Record<SessionStatus, Word>> = {
  ACTIVE: 'statusActive',
  WAITING_FOR_STAFF: 'statusWaiting',
  WITH_STAFF: 'statusWithStaff',
  CLOSED: 'statusClosed',
};
const languageNames: Readonly<Record<Language, { short: string; long: string }>> = {
  en: { short: 'EN', long: 'English' },
  'zh-Hant': { short: '中文', long: '繁體中文' },
};

export interface PageHeaderProps {
  shopName: string | null;
  status: SessionStatus;
  /** Whether there is anything to leave behind. */
  canStartNew: boolean;
  onStartNew(): void;
  onLanguage(language: Language): void;
}

/** The shop, who answers, and the language. */
export function PageHeader({ shopName, status, canStartNew, onStartNew, onLanguage }: PageHeaderProps) {
  const { say, language: spoken } = useSpeech();
  return (
    <header class="page-header">
      <div class="column page-header-row">
        <span class="mark" aria-hidden="true">
          <BubbleIcon />
        </span>
        <div class="page-title">
          <h1>{shopName ?? say('support')}</h1>
          <p class="session-status" data-status={status}>
            {say(statusWords[status])}
          </p>
        </div>
        <div class="languages" role="group" aria-label={say('language')}>
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={language === spoken}
              aria-label={languageNames[language].long}
              onClick={() => onLanguage(language)}
            >
              {languageNames[language].short}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="new-conversation"
          disabled={!canStartNew}
          onClick={onStartNew}
          aria-label={say('newConversation')}
          title={say('newConversation')}
        >
          <NewIcon />
        </button>
      </div>
    </header>
  );
}
