/** Digits, ASCII or full width, with single spaces, dashes or dots between them: as many as a card has at least. */
const digitRun = /[0-9０-９](?:[ \u00a0.\-‐-―]?[0-9０-９]){12,}/gu;

/** What stands in the place of a card number. */
export const hiddenCard = '••••';

/** Text without the numbers of payment cards. Other long numbers, such as those of orders and parcels, stay. */
export function hideCards(text: string): string {
  return text.replace(digitRun, (run) => {
    const digits = [...run].flatMap((character) => (/[0-9]/.test(character) ? [character] : asDigit(character)));
    return isCard(digits.join('')) ? hiddenCard : run;
  });
}

const asDigit = (character: string) =>
  character >= '０' && character <= '９' ? [String(character.charCodeAt(0) - 0xff10)] : [];

/** Issuer, length and check digit are those of a card. */
function isCard(digits: string): boolean {
  return (
    /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|6(?:011|4[4-9]\d|5\d\d|2\d\d)\d{12})$/.test(
      digits,
    ) && passesLuhn(digits)
  );
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
