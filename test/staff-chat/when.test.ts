import { describe, expect, it } from '@jest/globals';
import { readDate } from '../../src/nlu/dates/read.ts';
import { readLeading, type When } from '../../src/staff-chat/when.ts';

// Monday, 23 November 2026, 14:30 in Kolkata.
const setting = {
  now: new Date('2026-11-23T09:00:00Z'),
  zone: 'Asia/Kolkata',
  readWhen: readDate,
  opening: '10:00',
};
const read = (text: string): When => readLeading(text, setting);
const local = (when: When): string =>
  'at' in when ? new Date(when.at.getTime() + 5.5 * 3600_000).toISOString().slice(0, 16) : when.kind;

describe('the time at the head of a line', () => {
  it.each([
    ['tomorrow 5pm send the brochure first', '2026-11-24T17:00', 'send the brochure first'],
    ['tomorrow at 5 pm', '2026-11-24T17:00', ''],
    ['Friday 11:30 asked for the price list', '2026-11-27T11:30', 'asked for the price list'],
    ['27 Nov 4pm wants to visit on Sunday', '2026-11-27T16:00', 'wants to visit on Sunday'],
    ['in 2 hours', '2026-11-23T16:30', ''],
    ['6pm', '2026-11-23T18:00', ''],
    ['kal subah 11 baje brochure bhejna', '2026-11-24T11:00', 'brochure bhejna'],
  ])('“%s” is %s, and “%s” is the note [M6]', (text, at, rest) => {
    const when = read(text);
    expect([when.kind, local(when), 'rest' in when && when.rest]).toEqual(['moment', at, rest]);
  });

  it('asks for the time of a day, proposing the opening hour', () => {
    expect(read('tomorrow')).toMatchObject({ kind: 'unclear', guess: new Date('2026-11-24T04:30:00Z') });
  });

  it('proposes the usual time of a part of the day', () => {
    expect(read('tomorrow evening call the mother')).toMatchObject({
      kind: 'unclear',
      guess: new Date('2026-11-24T12:30:00Z'),
      rest: 'call the mother',
    });
  });

  it('does not move what is past', () => {
    expect(read('yesterday 5pm')).toMatchObject({ kind: 'past', at: new Date('2026-11-22T11:30:00Z') });
  });

  it('finds none where none was said', () => {
    expect(read('asked for the price list')).toEqual({ kind: 'none' });
  });
});
