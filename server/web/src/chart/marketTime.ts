import { TickMarkType, type Time } from 'lightweight-charts';

/** Days carry no zone; anything shorter is told on New York's clock. */
const instantOf = (time: Time): { date: Date; timeZone: string } =>
  typeof time === 'number'
    ? { date: new Date(time * 1000), timeZone: 'America/New_York' }
    : {
        date: new Date(typeof time === 'string' ? time : Date.UTC(time.year, time.month - 1, time.day)),
        timeZone: 'UTC',
      };

const written = (time: Time, options: Intl.DateTimeFormatOptions): string => {
  const { date, timeZone } = instantOf(time);
  return new Intl.DateTimeFormat('en-US', { ...options, timeZone }).format(date);
};

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

const MARKS: Record<TickMarkType, Intl.DateTimeFormatOptions> = {
  [TickMarkType.Year]: { year: 'numeric' },
  [TickMarkType.Month]: { month: 'short' },
  [TickMarkType.DayOfMonth]: { month: 'short', day: 'numeric' },
  [TickMarkType.Time]: CLOCK,
  [TickMarkType.TimeWithSeconds]: CLOCK,
};

/** What stands at the time axis. The library takes a day that is alone for a time of day. */
export const tickMark = (time: Time, type: TickMarkType): string =>
  written(
    time,
    MARKS[typeof time !== 'number' && type > TickMarkType.DayOfMonth ? TickMarkType.DayOfMonth : type],
  );

/** What stands at the crosshair. */
export const crosshairTime = (time: Time): string =>
  written(time, {
    month: 'short',
    day: 'numeric',
    ...(typeof time === 'number' ? CLOCK : { year: 'numeric' }),
  });
