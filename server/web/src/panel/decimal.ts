/** The exact difference of two decimals in plain notation. */
export function minus(left: string, right: string): string {
  const places = Math.max(placesOf(left), placesOf(right));
  return written(scaled(left, places) - scaled(right, places), places);
}

/** A decimal with so many places at most, the half rounded up. */
export function rounded(decimal: string, places: number): string {
  const more = placesOf(decimal) - places;
  if (more <= 0) return decimal;
  const cut = 10n ** BigInt(more);
  return written((scaled(decimal, places + more) + cut / 2n) / cut, places);
}

/** With two places at least, and a comma before each three digits. */
export function readable(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return `${grouped(whole)}.${fraction.padEnd(2, '0')}`;
}

/** With a comma before each three digits. */
export const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/** How many digits a decimal has after its point. */
export const placesOf = (decimal: string): number => decimal.split('.')[1]?.length ?? 0;

function scaled(decimal: string, places: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

function written(scaled: bigint, places: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`;
  return `${scaled < 0n ? '-' : ''}${whole}${fraction}`;
}
