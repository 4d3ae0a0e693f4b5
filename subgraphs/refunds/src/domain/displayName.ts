/** A person's name as their language writes it: in Chinese the family name comes first, without a space. */
export function displayNameOf({ firstName, lastName }: { firstName: string; lastName: string }): string {
  const isChinese = /^\p{Script=Han}+$/u.test(firstName + lastName);
  return isChinese ? lastName + firstName : `${firstName} ${lastName}`.trim();
}
