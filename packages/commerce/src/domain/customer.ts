import type { Address } from './address.js';

/** A person who buys and asks. */
export interface Customer {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  /** Where orders go unless said otherwise. */
  address: Address;
  createdAt: Date;
}

/** How e-mail addresses are compared. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

/** How names are compared. A line feed cannot be part of a name, so it separates without doubt. */
export function nameKey(firstName: string, lastName: string): string {
  return `${firstName.trim()}\n${lastName.trim()}`.toLowerCase();
}

/** A person's name as their language writes it: in Chinese the family name comes first, without a space. */
export function displayNameOf({ firstName, lastName }: Pick<Customer, 'firstName' | 'lastName'>): string {
  const isChinese = /^\p{Script=Han}+$/u.test(firstName + lastName);
  return isChinese ? lastName + firstName : `${firstName} ${lastName}`.trim();
}
