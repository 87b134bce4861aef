/** The numbers, asked for in Slack. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asha, meera, type Office, openOffice } from './office.ts';

describe('reports in Slack', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
    await office.link(asha, office.caller);
    await office.link(meera, office.manager);
    for (let n = 0; n < 2; n++) await office.lead();
    await office.lead(office.second);
  });
  afterAll(() => office?.close());
  const files = (user: string) =>
    office.emulator.slack
      .seen(user)
      .flatMap(({ files = [] }) => files.map(({ name, body }) => ({ name, body })));

  it('gives a manager a report with its chart and its PDF [B5] [M140]', async () => {
    expect(await office.crm('report daily data', meera)).toContain(
      'Daily Data Report\nWed, 11 Mar 2026\n• Asha: 2\n• Ravi: 1\nTotal: 3',
    );
    const [chart, paper] = files(meera);
    expect(chart!.name).toBe('Daily Data Report.png');
    expect(chart!.body!.subarray(1, 4).toString()).toBe('PNG');
    expect(paper!.name).toBe('Daily Data Report.pdf');
    expect(paper!.body!.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('answers a question in plain words with what was counted, each with their own rights [B6] [M61]', async () => {
    const asked = 'ask how many leads did we get today by source?';
    expect(await office.crm(asked, meera)).toContain('New leads by source\nWed, 11 Mar 2026\n• Manual: 3');
    expect(await office.crm(asked, asha)).toContain('• Manual: 2');
  });

  it('says what can be asked instead of guessing [B6]', async () => {
    const said = await office.crm('ask what is the weather in Pune', meera);
    expect(said).toContain('I do not know how to count “weather pune”');
    expect(said).toContain('calls made');
  });

  it('names the reports there are when one is not known', async () => {
    expect(await office.crm('report of the moon', meera)).toMatch(
      /There is no report “of the moon”.*Daily Data Report/s,
    );
  });
});
