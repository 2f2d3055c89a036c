/** The exact difference of two decimals in plain notation. */
export function minus(left: string, right: string): string {
  const places = Math.max(placesOf(left), placesOf(right));
  const difference = scaled(left, places) - scaled(right, places);
  const digits = (difference < 0n ? -difference : difference).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`;
  return `${difference < 0n ? '-' : ''}${whole}${fraction}`;
}

/** With two places at least, and a comma before each three digits. */
export function readable(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return `${grouped(whole)}.${fraction.padEnd(2, '0')}`;
}

/** With a comma before each three digits. */
export const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

const placesOf = (decimal: string): number => decimal.split('.')[1]?.length ?? 0;

function scaled(decimal: string, places: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
