import { browserNetwork } from '@supportgraph/client';
import { render } from 'preact';
import { openGraph } from './api/graph.js';
import { ChatPage } from './components/chatPage.js';
import { openChat } from './conversation/chat.js';
import { browserKeeper } from './conversation/keptSession.js';
import { readShopNow } from './conversation/shop.js';
import { keepLanguage, readLanguage } from './text/keptLanguage.js';
import './styles/index.css';

const graph = openGraph({ url: '/graphql', fetch: (...request) => fetch(...request) });
const network = browserNetwork(window);
let language = readLanguage(window);
const chat = openChat({ graph, keeper: browserKeeper(window), network, language: () => language });
const shop = readShopNow(graph, network, new AbortController().signal);

function onLanguage(chosen: typeof language): void {
  language = chosen;
  keepLanguage(window, chosen);
}

render(
  <ChatPage chat={chat} shop={shop} language={language} onLanguage={onLanguage} />,
  document.getElementById('page')!,
);
