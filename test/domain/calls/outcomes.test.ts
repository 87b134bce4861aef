import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  callOutcome,
  listCalls,
  listFollowUps,
  logCall,
  numberMarks,
  reportCall,
  setFollowUp,
  unmarkNumber,
} from '../../../src/domain/activities/contract.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import { getLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('what came of a call', () => {
  let crm: Sales;
  let priya: Person;
  let leadId: string;
  let phone: string;
  let count = 0;
  beforeAll(async () => {
    crm = await sales();
    priya = await crm.user('Priya Shah', 'tele-caller');
  }, 60_000);
  afterAll(() => crm.dispose());
  beforeEach(async () => {
    phone = `+9198450${30_000 + ++count}`;
    leadId = (await crm.enquire({ name: `Client ${count}`, phone })).leadId!;
  });
  const lead = () => crm.bus.query(getLead, { leadId }, priya);
  const log = (input: object) => crm.bus.command(logCall, { leadId, ...input } as never, priya);
  const calls = async () => (await crm.bus.query(listCalls, { leadId }, priya)).items;
  const planned = async () => (await crm.bus.query(listFollowUps, { leadId }, priya)).items;
  const marks = async () => (await crm.bus.query(numberMarks, { numbers: [phone] }, asSystem)).items;
  const inMinutes = (minutes: number): string =>
    new Date(crm.clock.now().getTime() + minutes * 60_000).toISOString();

  it.each([
    ['RNR', 'rnr'],
    ['CALL BACK', 'callback'],
    ['NUMBER BUSY', 'busy'],
    ['answered', 'answered'],
    ['Wrong  number', 'wrongNumber'],
    ['switched off', 'unreachable'],
    ['NOT REACHABLE', 'unreachable'],
    ['do-not-call', 'doNotCall'],
  ])('%s is understood as written [M31]', (said, key) => {
    expect(callOutcome.parse(said)).toBe(key);
  });

  it('nobody can say of a call that it was missed: only the telephone knows', async () => {
    await expect(log({ outcome: 'missed' })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('NOT REACHABLE is tried again after the policy’s four hours [M31]', async () => {
    expect((await log({ outcome: 'switched off' })).followUp).toMatchObject({
      at: inMinutes(240),
      note: 'NOT REACHABLE',
    });
  });

  it('WRONG NUMBER marks the number, and nothing is planned with it any more; undone, all is as before [M31] [M67]', async () => {
    await crm.bus.command(setFollowUp, { leadId, at: inMinutes(3000) }, priya);
    const { followUp } = await log({ outcome: 'WRONG NUMBER', note: 'a bakery' });
    expect(followUp).toBeUndefined();
    expect(await planned()).toEqual([]);
    expect(await marks()).toMatchObject([
      { number: phone, mark: 'wrong', by: 'Priya Shah', note: 'a bakery' },
    ]);
    expect((await lead()).followUpAt).toBeUndefined();
    await crm.bus.command(undoLast, {}, priya);
    expect(await marks()).toEqual([]);
    expect(await planned()).toMatchObject([{ at: inMinutes(3000) }]);
    expect((await lead()).followUpAt).toBe(inMinutes(3000));
  });

  it('a lead with a wrong number may be rung again on another one', async () => {
    await log({ outcome: 'wrong number' });
    expect((await lead()).lastCallOutcome).toBe('wrongNumber');
    await crm.bus.command(updateLead, { leadId, phone: '+919845039999' }, priya);
    await crm.settle();
    expect((await lead()).lastCallOutcome).toBeUndefined();
    expect(await marks()).toMatchObject([{ mark: 'wrong' }]);
  });

  it('DO NOT CALL is kept as proof: who noted it, when, in which words; and lifted only with a reason [M133]', async () => {
    await log({ outcome: 'do not call', note: 'asked never to be rung' });
    expect(await marks()).toEqual([
      {
        number: phone,
        mark: 'doNotCall',
        by: 'Priya Shah',
        note: 'asked never to be rung',
        at: inMinutes(0),
      },
    ]);
    await expect(crm.bus.command(unmarkNumber, { leadId, reason: '' }, priya)).rejects.toMatchObject({
      code: 'input.invalid',
    });
    await crm.bus.command(unmarkNumber, { leadId, reason: 'wrote that we may ring' }, priya);
    expect(await marks()).toEqual([]);
    const { items } = await crm.bus.query(contactTimeline, { contactId: (await lead()).contactId }, priya);
    expect(items[0]).toMatchObject({
      title: 'The number may be rung again',
      text: 'wrote that we may ring',
      by: 'Priya Shah',
    });
  });

  describe('that the telephone had logged', () => {
    const report = (more: object = {}) =>
      crm.bus.command(
        reportCall,
        {
          phoneId: `main:CA${count}`,
          leadId,
          direction: 'out',
          outcome: 'answered',
          calledAt: inMinutes(-3),
          seconds: 150,
          userId: priya.id,
          ...more,
        } as never,
        asSystem,
      );

    it('is completed by what the caller says of it: one call, not two; undone, the telephone’s record stays [M30] [M67]', async () => {
      await report();
      expect(await calls()).toMatchObject([{ outcome: 'answered', automatic: true, seconds: 150 }]);
      await log({ outcome: 'CALL BACK', at: inMinutes(1440), note: 'after lunch' });
      expect(await calls()).toMatchObject([
        { outcomeLabel: 'CALL BACK', note: 'after lunch', automatic: false, seconds: 150, by: 'Priya Shah' },
      ]);
      expect(await planned()).toMatchObject([{ at: inMinutes(1440) }]);
      await crm.bus.command(undoLast, {}, priya);
      expect(await calls()).toMatchObject([{ outcome: 'answered', automatic: true, seconds: 150 }]);
      expect((await calls())[0]).not.toHaveProperty('note');
      expect(await planned()).toEqual([]);
      // What the telephone told had moved the lead already; that stays.
      expect(await lead()).toMatchObject({ stage: 'follow-up', lastCallOutcome: 'answered' });
    });

    it('joins what the caller was quicker to say', async () => {
      await log({ outcome: 'answered', note: 'wants a demo' });
      await report();
      await report();
      expect(await calls()).toMatchObject([
        { outcome: 'answered', note: 'wants a demo', seconds: 150, automatic: false },
      ]);
    });

    it('is another call when it was long ago', async () => {
      await report({ calledAt: inMinutes(-60) });
      await log({ outcome: 'RNR' });
      expect((await calls()).map(({ outcome }) => outcome)).toEqual(['rnr', 'answered']);
    });

    it('is not completed by somebody else’s words', async () => {
      await report({ userId: undefined });
      await log({ outcome: 'RNR' });
      expect((await calls()).map(({ by }) => by)).toEqual(['Priya Shah', 'Telephone']);
    });
  });
});
