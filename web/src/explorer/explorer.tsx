/** @jsxImportSource react */
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useMemo, useRef, useState } from 'react';
import { type Credentials, nobody } from './credentials.js';
import { CredentialsForm } from './credentialsForm.js';
import { KeepEditor, replaceAtEnd, type ScrolledEditor } from './endInView.js';
import { examples, operationOf, seenIn, type SeenIds } from './examples.js';
import { examplesPlugin } from './examplesPane.js';
import { makeFetcher, type Result } from './fetcher.js';
import { type Notice, NoticeBar } from './noticeBar.js';
import { OpenSharedLink } from './openSharedLink.js';
import { type SchemaStatus, statusOf, statusText } from './schemaStatus.js';
import { ShareButton } from './shareButton.js';

/** What GraphiQL calls its question for the schema. */
const schemaQuery = 'IntrospectionQuery';
const nothingSeen: SeenIds = { session: null, turn: null, order: null };

/** The page: who asks, what is known of the schema, and GraphiQL. */
export function Explorer() {
  const [credentials, setCredentials] = useState<Credentials>(nobody);
  const [known, setKnown] = useState<{ of: Credentials; status: SchemaStatus } | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const seen = useRef(nothingSeen);
  const response = useRef<ScrolledEditor | null>(null);

  // GraphiQL reads the schema anew whenever it is given another fetcher.
  const fetcher = useMemo(() => {
    const onResult = (operationName: string | null, result: Result) => {
      if (operationName === schemaQuery) return setKnown({ of: credentials, status: statusOf(result) });
      seen.current = seenIn(result, seen.current);
      const token = tokenIn(result);
      if (token && credentials.kind === 'nobody') setNotice({ kind: 'token', token });
    };
    const replace = (show: () => void) => replaceAtEnd(response.current, show);
    return makeFetcher({ url: '/graphql', credentials, onResult, replace });
  }, [credentials]);
  const plugins = useMemo(() => [examplesPlugin(() => seen.current), explorerPlugin(), HISTORY_PLUGIN], []);
  const status: SchemaStatus = known?.of === credentials ? known.status : { kind: 'loading' };

  const use = (chosen: Credentials) => {
    setCredentials(chosen);
    setNotice(null);
  };
  return (
    <>
      <header>
        <h1>API explorer</h1>
        <nav aria-label="Pages">
          <a href="/reference">Reference</a>
        </nav>
        <CredentialsForm credentials={credentials} onUse={use} />
        <p className="schema-status" role="status" data-kind={status.kind}>
          {statusText(status, credentials)}
        </p>
      </header>
      <NoticeBar notice={notice} onToken={(token) => use({ kind: 'token', token })} onClose={() => setNotice(null)} />
      <main>
        <GraphiQL
          fetcher={fetcher}
          plugins={plugins}
          visiblePlugin={plugins[0]}
          defaultQuery={operationOf(examples[0]!, nothingSeen).query}
          defaultEditorToolsVisibility="variables"
          inputValueDeprecation
          isHeadersEditorEnabled={false}
          shouldPersistHeaders={false}
          forcedTheme="system"
        >
          {/* The heading says where one is. */}
          <GraphiQL.Logo> </GraphiQL.Logo>
          <GraphiQL.Toolbar>
            {({ prettify, merge, copy }) => (
              <>
                {prettify}
                {merge}
                {copy}
                <ShareButton onNotice={setNotice} />
              </>
            )}
          </GraphiQL.Toolbar>
          <KeepEditor into={response} />
          <OpenSharedLink onNotice={setNotice} />
        </GraphiQL>
      </main>
    </>
  );
}

/** The token of a session that was just started, if there is one. */
function tokenIn({ data }: Result): string | null {
  const started = data?.startSession;
  const token = typeof started === 'object' && started !== null && 'accessToken' in started && started.accessToken;
  return typeof token === 'string' ? token : null;
}
