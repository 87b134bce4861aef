import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { logCall } from '../../../src/domain/activities/contract.ts';
import {
  bookAppointment,
  completeAppointment,
  confirmAppointment,
} from '../../../src/domain/appointments/contract.ts';
import { assignLead, moveLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { LeadModel } from '../../../src/domain/leads/model.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import {
  askReport,
  freezeReport,
  listReports,
  reportFile,
  runReport,
  saveReport,
  scheduleReport,
} from '../../../src/domain/reports/contract.ts';
import { actorOf } from '../../../src/domain/staff/actors.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

let crm: Sales;
let meera: Person;
let asha: Person;
let ravi: Person;
beforeEach(async () => {
  crm = await sales();
  meera = await crm.user('Meera', 'manager');
  asha = await crm.user('Asha', 'tele-caller', { managerId: meera.id });
  ravi = await crm.user('Ravi', 'tele-caller', { managerId: meera.id });
});
afterEach(() => crm.dispose());

/** Three leads for Asha (two Website, one Google), one for Ravi (Referral). */
async function leads(): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, [source, owner]] of (
    [
      ['Website', asha],
      ['Website', asha],
      ['Google', asha],
      ['Referral', ravi],
    ] as [string, Person][]
  ).entries()) {
    const { leadId } = await crm.enquire({ phone: `984500000${at}`, source, medium: 'form' });
    await crm.bus.command(assignLead, { leadId: leadId!, assigneeId: owner.id }, meera);
    ids.push(leadId!);
  }
  await crm.settle();
  return ids;
}

const rowsOf = async (key: string, as: Person) => (await crm.bus.query(runReport, { key }, as)).sheet;

describe('the reports that come with the product', () => {
  it('counts today’s leads by tele-caller [M140], by source [M141] and by status [M142]', async () => {
    const [first] = await leads();
    await crm.bus.command(moveLead, { leadId: first!, stage: 'follow-up' }, asha);
    const data = await rowsOf('daily-data', meera);
    expect(data.title).toBe('Daily Data Report');
    expect(data.subtitle).toBe('Wed, 11 Mar 2026');
    expect(data.rows).toEqual([
      { caller: 'Asha', 'lead.created': 3 },
      { caller: 'Ravi', 'lead.created': 1 },
    ]);
    expect(data.totals).toEqual({ 'lead.created': 4 });
    expect((await rowsOf('daily-source-wise', meera)).rows).toEqual([
      { source: 'Website', 'lead.created': 2 },
      { source: 'Google', 'lead.created': 1 },
      { source: 'Referral', 'lead.created': 1 },
    ]);
    expect((await rowsOf('daily-status-wise', meera)).rows).toEqual([
      { stage: 'NOT ATTEMPTED', 'lead.created': 3 },
      { stage: 'FOLLOW-UP', 'lead.created': 1 },
    ]);
  });

  it('shows each user’s calls, meetings, deals and revenue by the hour [M143]', async () => {
    const [first, second] = await leads();
    // 10:30 in Kolkata.
    await crm.bus.command(logCall, { leadId: first!, outcome: 'rnr' }, asha);
    await crm.bus.command(logCall, { leadId: second!, outcome: 'answered' }, asha);
    crm.clock.set(new Date('2026-03-11T06:10:00Z'));
    await crm.bus.command(logCall, { leadId: first!, outcome: 'answered' }, asha);
    await crm.bus.command(bookAppointment, { leadId: first!, startsAt: '2026-03-12T09:30:00Z' }, asha);
    await crm.bus.command(moveLead, { leadId: second!, stage: 'won', value: '1.5 lakh' }, asha);
    expect((await rowsOf('hourly-performance', meera)).rows).toEqual([
      {
        caller: 'Asha',
        hour: '10 AM',
        'call.made': 2,
        'email.sent': 0,
        'appointment.scheduled': 0,
        'lead.won': 0,
        'lead.revenue': 0,
      },
      {
        caller: 'Asha',
        hour: '11 AM',
        'call.made': 1,
        'email.sent': 0,
        'appointment.scheduled': 1,
        'lead.won': 1,
        'lead.revenue': 15_000_000,
      },
    ]);
  });

  it('lists the demos completed today and those confirmed for tomorrow [M145]', async () => {
    const [first, second] = await leads();
    const today = await crm.bus.command(
      bookAppointment,
      { leadId: first!, startsAt: '2026-03-11T07:30:00Z' },
      asha,
    );
    const tomorrow = await crm.bus.command(
      bookAppointment,
      { leadId: second!, startsAt: '2026-03-12T07:30:00Z' },
      asha,
    );
    await crm.bus.command(confirmAppointment, { appointmentId: tomorrow.appointmentId }, asha);
    crm.clock.set(new Date('2026-03-11T09:00:00Z'));
    await crm.bus.command(completeAppointment, { appointmentId: today.appointmentId }, asha);
    const completed = await rowsOf('today-demo-completed', meera);
    expect(completed.rows.map(({ startsAt, status, caller }) => [startsAt, status, caller])).toEqual([
      ['2026-03-11T07:30:00.000Z', 'Completed', 'Asha'],
    ]);
    const confirmed = await rowsOf('tomorrow-demo-confirmed', meera);
    expect(confirmed.rows.map(({ startsAt, status }) => [startsAt, status])).toEqual([
      ['2026-03-12T07:30:00.000Z', 'Confirmed'],
    ]);
  });

  it('shows productivity daily, weekly, monthly, yearly and by financial year, as pie or bar [M144] [M146]', async () => {
    await leads();
    const { items } = await crm.bus.query(listReports, {}, meera);
    for (const key of ['daily', 'weekly', 'monthly', 'yearly', 'financial-year'])
      expect(items.map((item) => item.key)).toEqual(
        expect.arrayContaining([`productivity-${key}`, `productivity-${key}-source`]),
      );
    const year = await crm.bus.query(runReport, { key: 'productivity-financial-year' }, meera);
    expect(year.sheet.subtitle).toBe('1 Apr 2025 – 31 Mar 2026');
    expect((year.chart as any).series[0].type).toBe('bar');
    const pie = await crm.bus.query(runReport, { key: 'productivity-daily-source', chart: 'pie' }, meera);
    expect((pie.chart as any).series[0].data).toEqual([
      { name: 'Website', value: 2 },
      { name: 'Google', value: 1 },
      { name: 'Referral', value: 1 },
    ]);
  });
});

describe('what a reader may see', () => {
  it('is all that a report counts: a tele-caller’s numbers are their own leads [M61] [M60]', async () => {
    await leads();
    expect((await rowsOf('daily-data', ravi)).rows).toEqual([{ caller: 'Ravi', 'lead.created': 1 }]);
    const asked = await crm.bus.command(askReport, { question: 'how many leads today' }, ravi);
    expect(asked.sheet.rows).toEqual([{ 'lead.created': 1 }]);
  });

  it('does not open what somebody else has kept or saved [M60]', async () => {
    await leads();
    const { runId } = await crm.bus.command(freezeReport, { key: 'daily-data' }, meera);
    await expect(crm.bus.query(reportFile, { runId, format: 'csv' }, ravi)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    const { report } = await crm.bus.command(
      saveReport,
      { title: 'Mine', about: '', spec: { measures: ['call.made'], by: ['day'] } },
      meera,
    );
    await expect(crm.bus.query(runReport, { key: report.key }, ravi)).rejects.toMatchObject({
      code: 'record.not_found',
    });
  });
});

describe('a list that is longer than anybody reads', () => {
  it('is cut, and says so', async () => {
    const [first] = await leads();
    const { _id, number, ...lead } = (await LeadModel.findById(first!).lean())!;
    const more = (from: number, to: number) =>
      LeadModel.collection.insertMany(
        Array.from({ length: to - from }, (_, at) => ({
          ...lead,
          _id: `more${from + at}` as never,
          number: 1000 + from + at,
        })),
      );
    const spec = { measures: ['lead.created'], list: true };
    await more(4, 1000);
    const whole = (await crm.bus.query(runReport, { spec }, meera)).sheet;
    expect([whole.rows.length, whole.subtitle]).toEqual([1000, 'Wed, 11 Mar 2026']);
    await more(1000, 1001);
    const cut = (await crm.bus.query(runReport, { spec }, meera)).sheet;
    expect(cut.rows.length).toBe(1000);
    expect(cut.subtitle).toMatch(/^Wed, 11 Mar 2026 · the first 1,000 rows only/);
  });
});

describe('a question in plain words', () => {
  it('is answered by a query that is shown back [B6]', async () => {
    const [first] = await leads();
    const { appointmentId } = await crm.bus.command(
      bookAppointment,
      { leadId: first!, startsAt: '2026-03-11T07:30:00Z' },
      asha,
    );
    crm.clock.set(new Date('2026-03-18T05:00:00Z'));
    await crm.bus.command(completeAppointment, { appointmentId }, asha);
    const answer = await crm.bus.command(
      askReport,
      { question: 'How many demos did Asha do last week by source?' },
      meera,
    );
    expect(answer.understood).toBe('Demos by source · 9 Mar – 15 Mar 2026 · Tele-caller: Asha');
    expect(answer.sheet.rows).toEqual([{ source: 'Website', 'demo.all': 1 }]);
  });

  it('is refused with what can be asked when it is not understood: never a made-up number [B6]', async () => {
    await expect(
      crm.bus.command(askReport, { question: 'what is our churn in Berlin' }, meera),
    ).rejects.toMatchObject({
      code: 'report.not_understood',
      message: expect.stringMatching(/churn berlin.*leads/s),
    });
  });

  it('is refused with what can be asked where it is about a colleague whom one may not see [B6]', async () => {
    await leads();
    const question = 'how many leads did Ravi get today';
    await expect(crm.bus.command(askReport, { question }, asha)).rejects.toMatchObject({
      code: 'report.of_colleague',
      message: expect.stringMatching(/^What Ravi did is not yours to see\. .*leads.*calls/s),
    });
    expect((await crm.bus.command(askReport, { question }, meera)).sheet.rows).toEqual([
      { 'lead.created': 1 },
    ]);
    const own = await crm.bus.command(askReport, { question: 'how many leads did Asha get today' }, asha);
    expect(own.sheet.rows).toEqual([{ 'lead.created': 3 }]);
  });

  it('that says “I” or “my” is about who asks, “my team” about them and whoever reports to them [B6]', async () => {
    const [first] = await leads();
    await crm.bus.command(assignLead, { leadId: first!, assigneeId: meera.id }, meera);
    await crm.user('Stranger', 'tele-caller');
    const ask = async (question: string, as: Person) => {
      const { understood, sheet } = await crm.bus.command(askReport, { question }, as);
      return [understood.split(' · ').at(-1), sheet.rows];
    };
    const own = ['Tele-caller: Meera', [{ 'lead.created': 1 }]];
    expect(await ask('how many leads did I get today', meera)).toEqual(own);
    expect(await ask('my leads today', meera)).toEqual(own);
    // With whoever reports to her by now.
    const boss = { ...meera, actor: (await actorOf(meera.id))! };
    expect(await ask('how many leads did my team get today', boss)).toEqual([
      'Tele-caller: Meera, Asha, Ravi',
      [{ 'lead.created': 4 }],
    ]);
    // Whoever leads others is told of each; alone, of themselves.
    expect(await ask('how many leads did I get today', boss)).toEqual([
      'Tele-caller: Meera, Asha, Ravi',
      [
        { caller: 'Asha', 'lead.created': 2 },
        { caller: 'Meera', 'lead.created': 1 },
        { caller: 'Ravi', 'lead.created': 1 },
      ],
    ]);
    expect(await ask('how many leads did I get myself today', boss)).toEqual(own);
    expect(await ask('how many leads did we get today', meera)).toEqual([
      'Wed, 11 Mar 2026',
      [{ 'lead.created': 4 }],
    ]);
    expect(await ask('give me leads today', meera)).toEqual(['Wed, 11 Mar 2026', [{ 'lead.created': 4 }]]);
    expect(await ask('mere leads aaj', asha)).toEqual(['Tele-caller: Asha', [{ 'lead.created': 2 }]]);
  });

  it('tells what was lost by its reason, and what came in by industry and kind of customer [M22] [M45] [B6]', async () => {
    const [first, second] = await leads();
    await crm.bus.command(updateLead, { leadId: first!, industry: 'Textile', segment: 'Dealer' }, meera);
    for (const [leadId, lostReason] of [
      [first!, 'price'],
      [second!, 'no-budget'],
    ])
      await crm.bus.command(moveLead, { leadId, stage: 'lost', lostReason } as never, meera);
    const ask = async (question: string) =>
      (await crm.bus.command(askReport, { question }, meera)).sheet.rows;
    expect(await ask('how many leads were lost today by reason')).toEqual([
      { reason: 'No budget', 'lead.lost': 1 },
      { reason: 'Price too high', 'lead.lost': 1 },
    ]);
    expect(await ask('leads today by customer type')).toEqual([
      { segment: 'Not known', 'lead.created': 3 },
      { segment: 'Dealer', 'lead.created': 1 },
    ]);
    expect(await ask('leads today by industry')).toContainEqual({ industry: 'Textile', 'lead.created': 1 });
  });

  it('has the same number in chat, console, paper and API [B6] [B5]', async () => {
    await leads();
    const spec = { measures: ['lead.created'], by: ['source' as const], period: 'today' as const };
    const run = await crm.bus.query(runReport, { spec }, meera);
    const asked = await crm.bus.command(askReport, { question: 'leads today by source' }, meera);
    expect(asked.sheet.rows).toEqual(run.sheet.rows);
    const csv = await crm.bus.query(reportFile, { runId: asked.runId, format: 'csv' }, meera);
    expect(Buffer.from(csv.base64, 'base64').toString('utf8')).toBe(
      '\ufeffSource,New leads\r\nWebsite,2\r\nGoogle,1\r\nReferral,1\r\n',
    );
    for (const [format, magic] of [
      ['pdf', '%PDF-'],
      ['xlsx', 'PK'],
      ['png', '\x89PNG'],
    ] as const) {
      const file = await crm.bus.query(reportFile, { runId: asked.runId, format }, meera);
      expect(Buffer.from(file.base64, 'base64').toString('latin1').startsWith(magic)).toBe(true);
    }
  });
});

describe('reports that go out by themselves', () => {
  it('sends “Today Demo Completed” and “Tomorrow Demo Confirmed” at 7 P.M., to the sales manager only, once [M145]', async () => {
    await crm.linkSlack(meera, 'T1:UMEERA');
    await crm.linkSlack(asha, 'T1:UASHA');
    const [first] = await leads();
    const { appointmentId } = await crm.bus.command(
      bookAppointment,
      { leadId: first!, startsAt: '2026-03-12T07:30:00Z' },
      asha,
    );
    await crm.bus.command(confirmAppointment, { appointmentId }, asha);
    await crm.start();
    const count = async () =>
      (await crm.sent()).filter(({ card }) => card?.title === 'Tomorrow Demo Confirmed');
    await crm.until('2026-03-11T13:29:59Z');
    expect(await count()).toEqual([]);
    await crm.until('2026-03-11T13:30:00Z');
    const sent = await count();
    expect(sent.map(({ to }) => to)).toEqual(['T1:UMEERA']);
    expect(sent[0]!.text).toMatch(/Thu, 12 Mar 2026\n• 12 Mar 2026, 1:00 PM, 1, /);
    await crm.start();
    await crm.until('2026-03-12T13:29:59Z');
    expect(await count()).toHaveLength(1);
    const { items } = await crm.bus.query(listNotifications, {}, meera);
    expect(items.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'Today Demo Completed',
        'Tomorrow Demo Confirmed',
        'Daily Data Report',
        'Daily Source Wise Report',
        'Daily Status Wise Report',
      ]),
    );
    expect(
      (await crm.bus.query(listNotifications, {}, asha)).items.filter(
        ({ title }) => /Demo|Daily/.test(title) && !title.includes(':'),
      ),
    ).toEqual([]);
  });

  it('keeps 7 P.M. over the clock change, and the time that the organisation sets [M145] [M146]', async () => {
    await crm.dispose();
    crm = await sales({
      now: '2026-03-27T12:00:00Z',
      change: (config) => {
        config.app.organisation.timezone = 'Europe/Berlin';
      },
    });
    meera = await crm.user('Meera', 'manager');
    const administrator = await crm.user('Head', 'administrator');
    await crm.linkSlack(meera, 'T1:UMEERA');
    await crm.bus.command(
      scheduleReport,
      { key: 'daily-data', send: { every: 'day', at: '18:15', to: ['manager'] } },
      administrator,
    );
    await crm.start();
    const moments: string[] = [];
    const days = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30'];
    for (const day of days) {
      for (const minute of ['16:14:59', '16:15:00', '17:14:59', '17:15:00']) {
        const before = (await crm.sent()).filter(({ card }) => card?.title === 'Daily Data Report').length;
        await crm.until(`${day}T${minute}Z`);
        const after = (await crm.sent()).filter(({ card }) => card?.title === 'Daily Data Report').length;
        if (after > before) moments.push(`${day}T${minute}Z × ${after - before}`);
      }
    }
    // 18:15 is 17:15 UTC in winter, 16:15 from 29 March on.
    expect(moments).toEqual([
      '2026-03-27T17:15:00Z × 1',
      '2026-03-28T17:15:00Z × 1',
      '2026-03-29T16:15:00Z × 1',
      '2026-03-30T16:15:00Z × 1',
    ]);
  });
});

describe('a report of one’s own', () => {
  it('has fields, filters and groups; is shared, sent and exported [M147]', async () => {
    await leads();
    const { report } = await crm.bus.command(
      saveReport,
      {
        title: 'Website leads by day',
        about: '',
        spec: {
          measures: ['lead.created', 'lead.won'],
          by: ['day'],
          period: 'this-month',
          filters: { source: ['Website'] },
        },
        sharedWith: ['tele-caller'],
      },
      meera,
    );
    const { rows } = await rowsOf(report.key, meera);
    expect(rows).toHaveLength(11);
    expect([rows[0], rows.at(-1)]).toEqual([
      { day: 'Sun, 1 Mar', 'lead.created': 0, 'lead.won': 0 },
      { day: 'Wed, 11 Mar', 'lead.created': 2, 'lead.won': 0 },
    ]);
    expect((await rowsOf(report.key, ravi)).totals).toEqual({ 'lead.created': 0, 'lead.won': 0 });
  });

  it('says what does not fit together, by field [M147]', async () => {
    await expect(
      crm.bus.query(runReport, { spec: { measures: ['email.sent'], by: ['source'] } }, meera),
    ).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringMatching(/Emails sent cannot be told by source/),
    });
    await expect(
      crm.bus.query(runReport, { spec: { measures: ['lead.bought'] } }, meera),
    ).rejects.toMatchObject({ message: expect.stringMatching(/measures.0: lead.bought cannot be counted/) });
    await expect(
      crm.bus.query(
        runReport,
        { spec: { measures: ['lead.created'], period: { from: '2026-02-30', to: '2026-03-01' } } },
        asSystem as never,
      ),
    ).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
