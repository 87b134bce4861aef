import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listCalls } from '../../../src/domain/activities/contract.ts';
import { listAppointments } from '../../../src/domain/appointments/contract.ts';
import { logSaid, understandCall } from '../../../src/domain/calling/contract.ts';
import { readCall } from '../../../src/domain/calling/said/read.ts';
import { getLead } from '../../../src/domain/leads/contract.ts';
import { type Person, type Sales, sales } from '../sales/harness.ts';

// A Wednesday, 10:30 in Kolkata.
const now = new Date('2026-03-11T05:00:00Z');
const read = (text: string) => {
  const { outcome, at, demoAt, calledAt, budget, name, unclear } = readCall(text, {
    now,
    zone: 'Asia/Kolkata',
    currency: 'INR',
  });
  return {
    ...(outcome && { outcome: outcome.value }),
    ...(at && { at: at.value.toISOString() }),
    ...(demoAt && { demoAt: demoAt.value.toISOString() }),
    ...(calledAt && { calledAt: calledAt.value.toISOString() }),
    ...(budget && { budget: budget.value }),
    ...(name && { name }),
    ...(unclear.length && { unclear: unclear.map(({ field }) => field) }),
  };
};

describe('a call in plain words [B12]', () => {
  it.each([
    [
      'spoke to Ravi, wants demo friday 4pm, budget 5 lakh',
      { outcome: 'answered', name: 'Ravi', demoAt: '2026-03-13T10:30:00.000Z', budget: 'INR 5,00,000' },
    ],
    [
      'Talked with Asha Rao. Call back tomorrow at 11:30',
      { outcome: 'callback', name: 'Asha Rao', at: '2026-03-12T06:00:00.000Z' },
    ],
    ['rnr', { outcome: 'rnr' }],
    ['no answer, try again today 5pm', { outcome: 'rnr', at: '2026-03-11T11:30:00.000Z' }],
    ['number busy', { outcome: 'busy' }],
    ['phone switched off', { outcome: 'unreachable' }],
    ['wrong number, it is a bakery', { outcome: 'wrongNumber' }],
    ['asked us not to call again', { outcome: 'doNotCall' }],
    ['do not call him, he was quite clear', { outcome: 'doNotCall' }],
    [
      'Ravi ji se baat hui, kal 4 baje call back karna hai',
      { outcome: 'callback', at: '2026-03-12T10:30:00.000Z' },
    ],
    ['rang Ravi, he didn’t pick up', { outcome: 'rnr', name: 'Ravi' }],
    // What is not said outright is left open.
    ['sent the brochure', {}],
    ['wants the price list', {}],
    ['he is busy', {}],
    ['', {}],
    // A day without a time is asked for, not guessed.
    ['spoke to Ravi, demo on friday', { outcome: 'answered', name: 'Ravi', unclear: ['demoAt'] }],
    ['call back on monday', { outcome: 'callback', unclear: ['at'] }],
    ['spoke to him, demo yesterday at 4pm', { outcome: 'answered', unclear: ['demoAt'] }],
    ['call back on 31 Feb 4pm', { outcome: 'callback', unclear: ['at'] }],
    // Contradictions are put before the caller.
    ['spoke to Ravi but no answer', { name: 'Ravi', unclear: ['outcome'] }],
    // A figure is no time, a time no figure.
    ['spoke to Ravi, budget 50000', { outcome: 'answered', name: 'Ravi', budget: 'INR 50,000' }],
    ['spoke to Ravi, they have 25 users', { outcome: 'answered', name: 'Ravi' }],
  ])('“%s”', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('every field names words that were said', () => {
    const text =
      'Spoke to Ravi this morning; wants a demo on Friday at 4 pm, budget is around 5 lakh, call back tomorrow 10am';
    const { outcome, at, demoAt, budget, calledAt } = readCall(text, {
      now,
      zone: 'Asia/Kolkata',
      currency: 'INR',
    });
    const words = [outcome, at, demoAt, budget, calledAt].flatMap((found) => found?.words ?? []);
    expect(words.length).toBeGreaterThanOrEqual(4);
    for (const word of words) expect(text.toLowerCase()).toContain(word.toLowerCase());
  });

  it('takes whatever is thrown at it', () => {
    for (const text of [
      '#',
      '#99999999999',
      '💬'.repeat(500),
      'demo '.repeat(800),
      '\u0000,;.',
      'call back call back at at 4 4 4 pm pm',
    ])
      expect(() => read(text)).not.toThrow();
  });
});

describe('logging a call in plain words [B12]', () => {
  let crm: Sales;
  let priya: Person;
  let arjun: Person;
  let leadId: string;
  beforeAll(async () => {
    crm = await sales();
    priya = await crm.user('Priya Shah', 'tele-caller');
    leadId = (await crm.enquire({ name: 'Ravi Kumar', phone: '9845060001' })).leadId!;
    await crm.enquire({ name: 'Meena Iyer', phone: '9845060002' });
    await crm.enquire({ name: 'Meena Das', phone: '9845060003' });
    arjun = await crm.user('Arjun Rao', 'tele-caller');
  }, 60_000);
  afterAll(() => crm.dispose());
  const understand = (said: string, more: object = {}, who = priya) =>
    crm.bus.query(understandCall, { said, ...more }, who);

  it('is shown back with the words of each field, and keeps nothing until it is confirmed', async () => {
    const shown = await understand('spoke to Ravi, wants demo friday 4pm, budget 5 lakh');
    expect(shown.understood.map(({ label, value, words }) => [label, value, words])).toEqual([
      ['Lead', '#1 Ravi Kumar', 'Ravi'],
      ['Outcome', 'Answered', 'spoke'],
      ['Demo', 'Fri, 13 Mar 2026, 4:00 PM (Asia/Kolkata)', 'friday 4pm'],
      ['Budget', 'INR 5,00,000', 'budget 5 lakh'],
      ['Note', expect.any(String), expect.any(String)],
    ]);
    expect(shown.open).toEqual([]);
    expect((await crm.bus.query(listCalls, {}, priya)).total).toBe(0);

    const done = await crm.bus.command(logSaid, shown.input as never, priya);
    expect(done).toMatchObject({
      outcome: 'answered',
      demoAt: '2026-03-13T10:30:00.000Z',
      budget: 'INR 5,00,000',
    });
    expect((await crm.bus.query(listCalls, { leadId }, priya)).items).toMatchObject([
      { outcome: 'answered', note: 'spoke to Ravi, wants demo friday 4pm, budget 5 lakh' },
    ]);
    expect((await crm.bus.query(listAppointments, { leadId }, priya)).items).toMatchObject([
      { startsAt: '2026-03-13T10:30:00.000Z' },
    ]);
    expect((await crm.bus.query(getLead, { leadId }, priya)).budget).toBe('INR 5,00,000');
  });

  it('a demo that cannot be booked leaves no half of the call behind', async () => {
    const before = (await crm.bus.query(listCalls, { leadId }, priya)).total;
    const { input } = await understand('#1 spoke again, demo on sunday 11pm');
    await expect(crm.bus.command(logSaid, input as never, priya)).rejects.toMatchObject({
      code: 'time.closed',
    });
    expect((await crm.bus.query(listCalls, { leadId }, priya)).total).toBe(before);
  });

  it('asks which one where several have the name, and who where nobody has', async () => {
    const two = await understand('spoke to Meena, wants a quotation');
    expect(two.lead).toBeUndefined();
    expect(two.leads.map(({ name }) => name).sort()).toEqual(['Meena Das', 'Meena Iyer']);
    expect(two.open).toContainEqual({ field: 'lead', why: 'Which Meena?', needed: true });
    expect((await understand('spoke to Zubin')).open).toContainEqual(
      expect.objectContaining({ field: 'lead', why: 'No lead of yours is called Zubin.' }),
    );
    expect((await understand('no answer')).open).toContainEqual(
      expect.objectContaining({ field: 'lead', needed: true }),
    );
  });

  it('asks for what is missing: the outcome, the time of a call back', async () => {
    expect((await understand('#1 wants the price list')).open).toEqual([
      { field: 'outcome', why: 'What came of the call?', needed: true },
    ]);
    expect((await understand('#1 asked to call back')).open).toEqual([
      { field: 'at', why: 'When do they want to be called?', needed: true },
    ]);
    expect((await understand('#1 call back on monday')).open).toMatchObject([{ field: 'at', needed: true }]);
  });

  it('knows nobody whom the caller may not see', async () => {
    expect((await understand('spoke to Ravi', {}, arjun)).leads).toEqual([]);
    await expect(understand('#1 rnr', {}, arjun)).rejects.toMatchObject({ code: 'record.not_found' });
    await expect(crm.bus.command(logSaid, { leadId, outcome: 'rnr' }, arjun)).rejects.toMatchObject({
      code: 'record.not_found',
    });
  });
});
