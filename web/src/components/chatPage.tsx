import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Shop } from '../api/types.js';
import type { Chat } from '../conversation/chat.js';
import { linksTo } from '../markdown/links.js';
import type { Language } from '../text/language.js';
import { SpeechContext, speechOf } from '../text/speech.js';
import { useChat } from '../view/useChat.js';
import { Announcer } from './announcer.js';
import { ClosedPanel } from './closedPanel.js';
import { Composer } from './composer.js';
import { LinksContext } from './markdownText.js';
import { type Deciding, DecidingContext } from './proposalCard.js';
import { MessageLog } from './messageLog.js';
import { NewConversationDialog } from './newConversationDialog.js';
import { PageHeader } from './pageHeader.js';
import { StatusBar } from './statusBar.js';

export interface ChatPageProps {
  chat: Chat;
  /** Resolves once the shop is known. */
  shop: Promise<Shop | null>;
  language: Language;
  onLanguage(language: Language): void;
}

/** The page of a customer's conversation with the shop. */
export function ChatPage({ chat, shop: reading, language: first, onLanguage }: ChatPageProps) {
  const state = useChat(chat);
  const [language, setLanguage] = useState(first);
  const [shop, setShop] = useState<Shop | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const speech = useMemo(() => speechOf(language), [language]);
  const mayLink = useMemo(() => linksTo([location.hostname, ...(shop?.linkHosts ?? [])]), [shop]);
  const onSay = useCallback((text: string) => {
    chat.send(text);
    field.current?.focus();
  }, []);

  useEffect(() => void reading.then(setShop), []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = shop ? speech.say('supportOf', { shop: shop.name }) : speech.say('support');
  }, [speech, shop]);
  useEffect(() => {
    // On a phone the keyboard would cover what was said.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);

  const { conversation } = state;
  const deciding = useMemo<Deciding>(
    () => ({ proposals: conversation.proposals, decisions: state.decisions, decide: chat.decide }),
    [conversation.proposals, state.decisions],
  );
  const stop = () => {
    chat.stop();
    field.current?.focus();
  };
  const startNew = () => {
    setLeaving(false);
    chat.startNew();
    // The field may only be there once the page shows the new conversation.
    requestAnimationFrame(() => field.current?.focus());
  };
  const chooseLanguage = (chosen: Language) => {
    setLanguage(chosen);
    onLanguage(chosen);
  };
  return (
    <SpeechContext.Provider value={speech}>
      <LinksContext.Provider value={mayLink}>
        <DecidingContext.Provider value={deciding}>
          <a class="skip" href="#message">
            {speech.say('skipToMessage')}
          </a>
          <PageHeader
            shopName={shop?.name ?? null}
            status={conversation.status}
            canStartNew={conversation.messages.length > 0}
            onStartNew={() => setLeaving(true)}
            onLanguage={chooseLanguage}
          />
          <main class="page-main">
            <MessageLog chat={chat} state={state} onSay={onSay} />
            <div class="dock">
              <div class="column">
                {conversation.status === 'CLOSED' ? (
                  <ClosedPanel onStartNew={startNew} />
                ) : (
                  <>
                    <StatusBar state={state} onStop={stop} />
                    <Composer field={field} onSay={onSay} onStop={stop} />
                  </>
                )}
              </div>
            </div>
          </main>
          <Announcer state={state} />
          {isLeaving && <NewConversationDialog onBegin={startNew} onKeep={() => setLeaving(false)} />}
        </DecidingContext.Provider>
      </LinksContext.Provider>
    </SpeechContext.Provider>
  );
}
