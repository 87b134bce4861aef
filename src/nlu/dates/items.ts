import type { DayPart } from '../types.ts';
import type { Day, Wall } from './calendar.ts';

/** A time of day as said. `mer`: which half is known ('24' when written as 17:00); none: still to be decided. */
export type Clock = { h: number; mi: number; mer?: 'am' | 'pm' | '24'; midnight?: boolean };

/** What the scanner found, in the order of the text. */
export type Item = { start: number; end: number } & (
  | {
      k: 'day';
      day: Day;
      weekday?: number;
      weak?: boolean;
      relative?: boolean;
      plain?: boolean;
      /** "the 8th": its month is a guess. */
      monthless?: boolean;
      part?: DayPart;
      /** "16 or 17 march": the other one. */
      other?: Day;
    }
  | { k: 'days'; from: Day; to: Day; part?: DayPart; month?: boolean }
  | { k: 'moment'; wall: Wall }
  | { k: 'time'; clock: Clock; weak?: boolean; at?: boolean; bound?: 'after' | 'before' }
  | { k: 'times'; a: Clock; b: Clock; weak?: boolean; from?: boolean }
  | { k: 'part'; part: DayPart; before?: boolean }
  | { k: 'zone'; zone: string }
  | { k: 'now' }
  | { k: 'link'; link: 'or' | 'and' | 'to' | 'not' | 'fix' | 'instead' | 'from' | 'between' }
  /** A date that does not exist ("31 Feb"), or whose day is not fixed ("Diwali"). */
  | { k: 'bad'; problem: 'impossible' | 'unclear'; sure?: boolean }
  | { k: 'stop' }
  | { k: 'word'; past?: boolean; open?: boolean; light?: boolean }
);

export type ScanOptions = {
  now: Wall;
  zone: string;
  /** The appointment that stands, for "one hour later". */
  agreed?: Wall;
  /** Which number stands first in 05/04. */
  order: 'dmy' | 'mdy';
  /** A date or time was asked for, so bare numbers and short names count. */
  expecting: boolean;
};
