const DAY = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'America/New_York',
});

/** The day that it is in New York, wherever the reader is: as the milliseconds of its midnight in UTC. */
export function newYorkDay(now: number): number {
  const [month = 1, day = 1, year = 1970] = DAY.format(now).split('/').map(Number);
  return Date.UTC(year, month - 1, day);
}
