import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  addNote,
  listCalls,
  listFollowUps,
  logCall,
  setFollowUp,
} from '../../../src/domain/activities/contract.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import { getLead, moveLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { type Person, type Sales, sales } from './harness.ts';

describe('calls, follow-ups and notes', () => {
  let crm: Sales;
  let priya: Person;
  let leadId: string;
  beforeEach(async () => {
    crm = await sales();
    priya = await crm.user('Priya Shah', 'tele-caller');
    leadId = (await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345' })).leadId!;
  });
  afterEach(() => crm.dispose());
  const lead = () => crm.bus.query(getLead, { leadId }, priya);
  const log = (input: object) => crm.bus.command(logCall, { leadId, ...input } as never, priya);
  const notices = async (rule: string) =>
    (await crm.bus.query(listNotifications, { limit: 100 }, priya)).items
      .filter((item) => item.rule === rule)
      .map(({ text }) => text);

  it('an answered call moves the lead from NOT ATTEMPTED to FOLLOW-UP [M14] [M30]', async () => {
    expect(
      await log({ outcome: 'answered', minutes: 4, purpose: 'first call', note: 'wants a demo' }),
    ).toMatchObject({ outcomeLabel: 'Answered', stageLabel: 'FOLLOW-UP' });
    const { items } = await crm.bus.query(contactTimeline, { contactId: (await lead()).contactId }, priya);
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'call',
        title: 'Outgoing call: Answered',
        text: 'first call · 4 min · wants a demo',
        by: 'Priya Shah',
      }),
    );
  });

  it('RNR and NUMBER BUSY propose the next call by the policy [M31]', async () => {
    expect((await log({ outcome: 'RNR' })).followUp).toMatchObject({
      at: '2026-03-11T07:00:00.000Z',
      note: 'RNR',
    });
    expect((await log({ outcome: 'NUMBER BUSY' })).followUp).toMatchObject({
      at: '2026-03-11T05:30:00.000Z',
      note: 'NUMBER BUSY',
    });
    expect(await lead()).toMatchObject({
      stage: 'not-attempted',
      lastCallOutcome: 'busy',
      followUpAt: '2026-03-11T05:30:00.000Z',
    });
  });

  it('a retry that would fall after hours waits for the next opening [M31]', async () => {
    crm.clock.set('2026-03-14T12:00:00Z'); // Saturday, 17:30 in Kolkata; closes at 18:30, Sunday is off.
    expect((await log({ outcome: 'rnr' })).followUp!.at).toBe('2026-03-16T04:00:00.000Z');
  });

  it('CALL BACK needs a time, and keeps it [M31]', async () => {
    await expect(log({ outcome: 'CALL BACK' })).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining('CALL BACK needs a time'),
    });
    const { followUp } = await log({
      outcome: 'CALL BACK',
      at: '2026-03-12T17:00:00+05:30',
      note: 'after lunch',
    });
    expect(followUp).toMatchObject({ at: '2026-03-12T11:30:00.000Z', note: 'after lunch' });
  });

  it('calls are filtered by status and direction [M30] [M31]', async () => {
    await log({ outcome: 'rnr' });
    await log({ outcome: 'busy', direction: 'in' });
    expect(
      (await crm.bus.query(listCalls, { outcome: 'RNR' }, priya)).items.map(
        ({ outcomeLabel }) => outcomeLabel,
      ),
    ).toEqual(['RNR']);
    expect(
      (await crm.bus.query(listCalls, { direction: 'in' }, priya)).items.map(
        ({ outcomeLabel }) => outcomeLabel,
      ),
    ).toEqual(['NUMBER BUSY']);
  });

  it('a logged call is undone with all it did: stage, outcome, follow-up, timeline [M67]', async () => {
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-11T09:00:00Z' }, priya);
    await log({ outcome: 'answered', at: '2026-03-20T05:30:00Z' });
    expect(await lead()).toMatchObject({ stage: 'follow-up', followUpAt: '2026-03-20T05:30:00.000Z' });
    await crm.bus.command(undoLast, {}, priya);
    const after = await lead();
    expect(after).toMatchObject({ stage: 'not-attempted', followUpAt: '2026-03-11T09:00:00.000Z' });
    expect(after.lastCallOutcome).toBeUndefined();
    expect((await crm.bus.query(listCalls, {}, priya)).total).toBe(0);
    expect((await crm.bus.query(listFollowUps, {}, priya)).items.map(({ at }) => at)).toEqual([
      '2026-03-11T09:00:00.000Z',
    ]);
    const { items } = await crm.bus.query(contactTimeline, { contactId: after.contactId }, priya);
    expect(items.map(({ kind }) => kind)).not.toContain('call');
  });

  it('a follow-up is told a day, an hour and 15 minutes before, and at its exact time, once each [M34] [M44]', async () => {
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-13T11:30:00Z', note: 'price list' }, priya);
    await crm.until('2026-03-13T11:29:00Z');
    const said = ' with Ravi Kumar (#1), +919845012345, on Fri, 13 Mar 2026 at 5:00 PM. price list';
    expect(await notices('follow-up')).toEqual([
      `Follow-up in 15 minutes${said}`,
      `Follow-up in 1 hour${said}`,
      `Follow-up in 1 day${said}`,
    ]);
    expect(await notices('follow-up-due')).toEqual([]);
    await crm.until('2026-03-13T11:30:00Z');
    expect(await notices('follow-up-due')).toEqual([
      'Follow-up now: Ravi Kumar (#1), +919845012345. price list',
    ]);
    await crm.until('2026-03-13T12:30:00Z');
    expect((await notices('follow-up')).length + (await notices('follow-up-due')).length).toBe(4);
  });

  it('lead-times may be chosen for one follow-up; those already past are left out [M44]', async () => {
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-11T05:40:00Z', remind: [15, 60] }, priya);
    await crm.until('2026-03-11T05:50:00Z');
    expect(await notices('follow-up')).toEqual([expect.stringContaining('in 15 minutes')]);
  });

  it('a moved follow-up is told at its new time only; that of a lost lead not at all [M44]', async () => {
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-11T06:00:00Z' }, priya);
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-11T07:00:00Z', remind: [] }, priya);
    await crm.until('2026-03-11T07:10:00Z');
    expect(await notices('follow-up')).toEqual([]);
    expect((await notices('follow-up-due')).length).toBe(1);
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-11T09:00:00Z' }, priya);
    await crm.bus.command(moveLead, { leadId, stage: 'lost', lostReason: 'price' }, priya);
    await crm.until('2026-03-11T09:10:00Z');
    expect((await notices('follow-up-due')).length).toBe(1);
  });

  it('a follow-up in the past is refused in the organisation’s own time [M44]', async () => {
    await expect(
      crm.bus.command(setFollowUp, { leadId, at: '2026-03-11T04:00:00Z' }, priya),
    ).rejects.toMatchObject({
      code: 'time.past',
      message: 'Wed, 11 Mar 2026, 9:30 AM (Asia/Kolkata) has passed. Please give a time to come.',
    });
  });

  it('a note stands on the timeline until it is undone [M67]', async () => {
    await crm.bus.command(addNote, { leadId, note: 'prefers Hindi' }, priya);
    const texts = async () =>
      (await crm.bus.query(contactTimeline, { contactId: (await lead()).contactId }, priya)).items
        .filter(({ kind }) => kind === 'note')
        .map(({ text }) => text);
    expect(await texts()).toEqual(['prefers Hindi']);
    await crm.bus.command(undoLast, {}, priya);
    expect(await texts()).toEqual([]);
  });

  it('a note that names a colleague is told to them, if they may see the lead [M1] [M61]', async () => {
    const meera = await crm.user('Meera Iyer', 'manager');
    const arjun = await crm.user('Arjun Rao', 'tele-caller');
    const note = '@meera, is 5 % possible? @Arjun Rao knows them; mail sales@priya.example';
    expect(await crm.bus.command(addNote, { leadId, note }, priya)).toMatchObject({
      told: ['Meera Iyer'],
      notTold: ['Arjun Rao'],
    });
    const told = async (who: Person) =>
      (await crm.bus.query(listNotifications, {}, who)).items
        .filter(({ rule }) => rule === 'note-mention')
        .map(({ text }) => text);
    expect([await told(meera), await told(arjun), await told(priya)]).toEqual([[note], [], []]);
  });
});
