import { describe, expect, it } from '@jest/globals';
import type { ChatUsage } from '../../src/core/chat-grammar.ts';
import { loadConfig } from '../../src/core/config.ts';
import { logCall } from '../../src/domain/activities/contract.ts';
import { bookAppointment } from '../../src/domain/appointments/contract.ts';
import { assignLead, handOffLead, moveLead, myDay } from '../../src/domain/leads/contract.ts';
import { readDate } from '../../src/nlu/dates/read.ts';
import { fillSlots } from '../../src/staff-chat/slots.ts';
import { ofOrganisation } from '../../src/staff-chat/verbs.ts';

const { stages } = loadConfig({ LOG_LEVEL: 'silent' }).pipelines[0]!;
const setting = {
  now: new Date('2026-11-23T09:00:00Z'),
  zone: 'Asia/Kolkata',
  readWhen: readDate,
  opening: '10:00',
  example: 'the example',
  lead: async (number: number) => `lead-${number}`,
  user: async (typed: string) => {
    const [name = ''] = typed.replace('@', '').split(' ', 1);
    return { id: `user-${name}`, rest: typed.replace('@', '').slice(name.length).trim() };
  },
};
const fill = async ({ chat }: { chat?: ChatUsage }, line: string) => {
  const { input, open } = await fillSlots(ofOrganisation(chat!, stages), line, setting);
  return { ...input, ...(open.length && { open: open.map(({ slot }) => slot.name) }) };
};

describe('a typed line', () => {
  it.each([
    ['#12 RNR', { leadId: 'lead-12', outcome: 'rnr' }],
    [
      '12 CALL BACK when tomorrow 5pm asked for the price list',
      {
        leadId: 'lead-12',
        outcome: 'callback',
        at: '2026-11-24T11:30:00.000Z',
        note: 'asked for the price list',
      },
    ],
    ['#12 NUMBER BUSY', { leadId: 'lead-12', outcome: 'busy' }],
    [
      '#12 call-back Friday 11:30',
      { leadId: 'lead-12', outcome: 'callback', at: '2026-11-27T06:00:00.000Z' },
    ],
    [
      '#12 answered today they have no budget',
      { leadId: 'lead-12', outcome: 'answered', note: 'today they have no budget' },
    ],
    [
      '#12 callback wants the boss when 6pm',
      { leadId: 'lead-12', outcome: 'callback', at: '2026-11-23T12:30:00.000Z', note: 'wants the boss' },
    ],
  ])('call %s [M31]', async (line, input) => {
    expect(await fill(logCall, line)).toEqual(input);
  });

  it.each([
    ['#7 DEMO CONFIRMED', 'demo-confirmed'],
    ['#7 follow-up', 'follow-up'],
    ['#7 CLOSE TO WON', 'won'],
    ['#7 close to loose', 'lost'],
    ['#7 Not Attempted', 'not-attempted'],
  ])('status %s [M14]', async (line, stage) => {
    expect(await fill(moveLead, line)).toEqual({ leadId: 'lead-7', stage });
  });

  it('keeps what follows a stage as the note', async () => {
    expect(await fill(moveLead, '#7 proposal sent mailed the quotation')).toEqual({
      leadId: 'lead-7',
      stage: 'proposal-sent',
      note: 'mailed the quotation',
    });
  });

  it('tells a colleague from a reason', async () => {
    expect(await fill(handOffLead, '#7 @meera wants a special price')).toEqual({
      leadId: 'lead-7',
      assigneeId: 'user-meera',
      reason: 'wants a special price',
    });
    expect(await fill(handOffLead, '#7 wants a special price')).toEqual({
      leadId: 'lead-7',
      reason: 'wants a special price',
    });
    expect(await fill(assignLead, '#7 ravi')).toEqual({ leadId: 'lead-7', assigneeId: 'user-ravi' });
  });

  it('says what is missing instead of guessing', async () => {
    expect(await fill(moveLead, '#7')).toEqual({ leadId: 'lead-7', open: ['stage'] });
    expect(await fill(logCall, '')).toEqual({ open: ['leadId', 'outcome'] });
    expect(await fill(logCall, '#7 callback when they like')).toMatchObject({
      outcome: 'callback',
      open: ['at'],
    });
    expect(await fill(logCall, '#7 callback when')).toMatchObject({ outcome: 'callback', open: ['at'] });
    expect(await fill(bookAppointment, '#7 tomorrow')).toEqual({ leadId: 'lead-7', open: ['startsAt'] });
  });

  it.each([
    ['a stage that is none', moveLead, '#7 maybe', 'maybe'],
    ['a lead that is no number', moveLead, 'Ravi won', 'Ravi'],
    ['words too many', myDay, 'overdue please', 'please'],
  ])('refuses %s with an example', async (_, command, line, names) => {
    await expect(fill(command, line)).rejects.toMatchObject({
      code: 'chat.not_understood',
      message: expect.stringContaining(names),
    });
    await expect(fill(command, line)).rejects.toMatchObject({
      message: expect.stringContaining('the example'),
    });
  });
});
