/** @jsxImportSource react */
import { type GraphiQLPlugin, useGraphiQL } from '@graphiql/react';
import { useMemo } from 'react';
import { examplesFor, operationOf, type SeenIds } from './examples.js';
import { useNewTab } from './tabs.js';

/** The pane with operations to begin with. `seen` gives what is known when one is opened. */
export function examplesPlugin(seen: () => SeenIds): GraphiQLPlugin {
  return { title: 'Examples', icon: BulbIcon, content: () => <ExamplesPane seen={seen} /> };
}

function ExamplesPane({ seen }: { seen(): SeenIds }) {
  const schema = useGraphiQL((state) => state.schema);
  const openTab = useNewTab();
  const examples = useMemo(() => (schema ? examplesFor(schema) : []), [schema]);
  return (
    <section className="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">Examples</h2>
      {schema ? (
        <p>Each opens in a new tab and runs only when you say so. Ids are filled in from answers you have had.</p>
      ) : (
        <p>Here is what you may ask, as soon as the schema is known.</p>
      )}
      <ul>
        {examples.map((example) => (
          <li key={example.title}>
            <button type="button" disabled={!openTab} onClick={() => openTab?.(operationOf(example, seen()))}>
              <strong>{example.title}</strong>
              <span>{example.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function BulbIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.7" aria-hidden="true">
      <path strokeLinecap="round" d="M9 18h6m-5 3h4m-4.5-6a6 6 0 1 1 5 0" />
    </svg>
  );
}
