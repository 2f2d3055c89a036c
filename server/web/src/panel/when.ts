const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'America/New_York',
});

/** A candle's date as people read it: a day, or a moment on New York's clock. */
export const inWords = (date: string): string =>
  date.includes('T') ? `${MOMENT.format(new Date(date))} ET` : DAY.format(new Date(date));
