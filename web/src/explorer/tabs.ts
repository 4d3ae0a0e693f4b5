import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useMemo } from 'react';
import type { SharedOperation } from './shareLink.js';

/** How to put an operation into a new tab, where it is not run; null until there are editors. */
export function useNewTab(): ((operation: SharedOperation) => void) | null {
  const { addTab, setOperationName } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  return useMemo(() => {
    if (!queryEditor || !variableEditor) return null;
    return ({ query, variables, operationName }) => {
      addTab();
      queryEditor.setValue(query);
      variableEditor.setValue(variables);
      if (operationName !== null) setOperationName(operationName);
    };
  }, [addTab, setOperationName, queryEditor, variableEditor]);
}
