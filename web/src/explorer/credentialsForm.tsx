/** @jsxImportSource react */
import type { FormEvent } from 'react';
import type { TypedCredentials } from './credentials.js';

export interface CredentialsFormProps {
  typed: TypedCredentials;
  onType(typed: TypedCredentials): void;
  /** What was typed is to hold from now on. */
  onUse(): void;
}

/** Where a key or a token goes. Neither leaves the memory of this page, but in the headers of requests to the gateway. */
export function CredentialsForm({ typed: { apiKey, token }, onType, onUse }: CredentialsFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onUse();
  };
  return (
    <form className="credentials" aria-label="Credentials" autoComplete="off" onSubmit={submit}>
      <Secret
        id="api-key"
        label="API key"
        value={apiKey}
        disabled={token !== ''}
        onInput={(text) => onType({ apiKey: text, token: '' })}
      />
      <Secret
        id="token"
        label="or bearer token"
        value={token}
        disabled={apiKey !== ''}
        onInput={(text) => onType({ apiKey: '', token: text })}
      />
      <button type="submit">Use</button>
    </form>
  );
}

interface SecretProps {
  id: string;
  label: string;
  value: string;
  disabled: boolean;
  onInput(value: string): void;
}

function Secret({ id, label, value, disabled, onInput }: SecretProps) {
  return (
    <div className="secret">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={value}
        disabled={disabled}
        onChange={(event) => onInput(event.target.value)}
      />
    </div>
  );
}
