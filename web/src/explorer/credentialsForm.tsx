/** @jsxImportSource react */
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Credentials, credentialsOf } from './credentials.js';

export interface CredentialsFormProps {
  /** Those in use. */
  credentials: Credentials;
  onUse(credentials: Credentials): void;
}

type Field = 'apiKey' | 'token';

/**
 * Where a key or a token goes. Neither leaves the memory of this page, but in the headers of requests to the gateway. The
 * fields are not React's: it would write what they hold into the document, where style sheets and extensions read it.
 */
export function CredentialsForm({ credentials, onUse }: CredentialsFormProps) {
  const apiKey = useRef<HTMLInputElement>(null);
  const token = useRef<HTMLInputElement>(null);
  const [filled, setFilled] = useState<Field | null>(null);

  useEffect(() => {
    apiKey.current!.value = credentials.kind === 'apiKey' ? credentials.apiKey : '';
    token.current!.value = credentials.kind === 'token' ? credentials.token : '';
    setFilled(credentials.kind === 'nobody' ? null : credentials.kind);
  }, [credentials]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onUse(credentialsOf(apiKey.current!.value, token.current!.value));
  };
  const field = (name: Field) => ({
    isDisabled: filled !== null && filled !== name,
    onFilled: (isFilled: boolean) => setFilled(isFilled ? name : null),
  });
  return (
    <form className="credentials" aria-label="Credentials" autoComplete="off" onSubmit={submit}>
      <Secret id="api-key" label="API key" input={apiKey} {...field('apiKey')} />
      <Secret id="token" label="or bearer token" input={token} {...field('token')} />
      <button type="submit">Use</button>
    </form>
  );
}

interface SecretProps {
  id: string;
  label: string;
  input: RefObject<HTMLInputElement | null>;
  isDisabled: boolean;
  onFilled(isFilled: boolean): void;
}

function Secret({ id, label, input, isDisabled, onFilled }: SecretProps) {
  return (
    <div className="secret">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={input}
        type="password"
        autoComplete="off"
        spellCheck={false}
        disabled={isDisabled}
        onInput={({ currentTarget }) => onFilled(currentTarget.value !== '')}
      />
    </div>
  );
}
