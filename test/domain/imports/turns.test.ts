import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { saveAssignment } from '../../../src/domain/assignment/contract.ts';
import { importOffice, type Office } from './office.ts';

describe('the leads of a file', () => {
  let office: Office;
  beforeAll(async () => {
    office = await importOffice();
  });
  afterAll(() => office.app.dispose());
  const file = (from: number, city: (n: number) => string) =>
    `Name,Phone,City\n${Array.from({ length: 8 }, (_, n) => `Client ${from + n},98400 5${String(from + n).padStart(4, '0')},${city(n)}`).join('\n')}\n`;

  it('go by the organisation’s rules and limits, as those that come one by one [M19]', async () => {
    const { app, manager, priya, arjun } = office;
    const admin = await app.user('Anil Rao', 'administrator');
    await app.bus.command(
      saveAssignment,
      {
        rules: [{ label: 'Kochi', when: { city: ['Kochi'] }, to: { users: [arjun.id] } }],
        people: { [priya.id]: { perDay: 3 } },
      } as never,
      admin,
    );
    const done = await office.bring(file(0, (n) => (n < 2 ? 'Kochi' : 'Chennai')));
    // Two by the rule; of the other six Priya's three, in turn with Arjun until she has them.
    expect(done.given).toEqual([
      { name: 'Arjun Rao', count: 5 },
      { name: 'Priya Shah', count: 3 },
    ]);
    // The day's share is counted over files.
    const again = await office.bring(file(20, () => 'Chennai'));
    expect(again.given).toEqual([{ name: 'Arjun Rao', count: 8 }]);
    expect((await office.look(done.id, manager)).counts.opened).toBe(8);
  });
});
