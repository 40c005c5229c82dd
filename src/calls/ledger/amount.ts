/** An amount of money in millionths, so that prices of a tenth of a cent add up exactly. */
export interface Amount {
  readonly micros: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** Reads a price as Twilio writes it (`-0.01400`: what is charged has a minus sign), or as a number of dollars. */
export function readAmount(price: string | number | null | undefined, currency: string): Amount | undefined {
  if (price === null || price === undefined || price === '') return undefined;
  const micros = Math.round(Math.abs(Number(price)) * 1e6);
  return Number.isFinite(micros) ? { micros, currency: currency.toUpperCase() } : undefined;
}

/** The sum of each currency, in the order in which they first come. */
export function sumAmounts(amounts: readonly (Amount | undefined)[]): Amount[] {
  const sums = new Map<string, number>();
  for (const amount of amounts) {
    if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.micros);
  }
  return [...sums].map(([currency, micros]) => ({ micros, currency }));
}

/** As a decimal number, with at least the cents: `0.014`, `12.50`. */
export function amountText({ micros }: Amount): string {
  const text = (micros / 1e6).toFixed(6);
  return text.replace(/0{1,4}$/, '');
}
