/** A secret as it may be shown: its last four characters, and only when enough remain hidden. */
export function lastFour(secret: string): string {
  return secret.length >= 12 ? `…${secret.slice(-4)}` : '…';
}

/** A phone number as it may be logged: country and the last two digits. */
export function maskNumber(number: string): string {
  return number.length > 7
    ? `${number.slice(0, 3)}${'•'.repeat(number.length - 5)}${number.slice(-2)}`
    : '•••';
}
