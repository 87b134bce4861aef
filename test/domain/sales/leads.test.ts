import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listFollowUps, logCall, setFollowUp } from '../../../src/domain/activities/contract.ts';
import { contactTimeline, getContact } from '../../../src/domain/contacts/contract.ts';
import { getConversation, listConversations } from '../../../src/domain/conversations/contract.ts';
import {
  assignLead,
  dropLeadView,
  findLeads,
  getLead,
  handOffLead,
  keepLeadView,
  leadByNumber,
  leadViews,
  listLeads,
  moveLead,
  myDay,
  showLeadView,
  updateLead,
} from '../../../src/domain/leads/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from './harness.ts';

describe('a lead', () => {
  let crm: Sales;
  let manager: Person;
  let priya: Person;
  let arjun: Person;
  beforeEach(async () => {
    crm = await sales();
    manager = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller');
    arjun = await crm.user('Arjun Rao', 'tele-caller');
  });
  afterEach(() => crm.dispose());
  /** Enquiries alternate between Priya and Arjun, Priya first. */
  const enquire = async (said: object) => (await crm.enquire(said)).leadId!;
  const see = (leadId: string, as: Parameters<Sales['bus']['query']>[2] = asSystem) =>
    crm.bus.query(getLead, { leadId }, as);

  it('goes through the pipeline only as it allows, and says what is allowed [M14]', async () => {
    const leadId = await enquire({ phone: '9845012345' });
    await expect(crm.bus.command(moveLead, { leadId, stage: 'PROPOSAL SENT' }, priya)).rejects.toMatchObject({
      code: 'lead.move_not_allowed',
      message:
        'A lead cannot go from NOT ATTEMPTED to PROPOSAL SENT. Allowed: FOLLOW-UP, DEMO CONFIRMED, CLOSE TO LOOSE.',
    });
    for (const [stage, label] of [
      ['follow up', 'FOLLOW-UP'],
      ['DEMO CONFIRMED', 'DEMO CONFIRMED'],
      ['proposal-sent', 'PROPOSAL SENT'],
      ['won', 'CLOSE TO WON'],
    ] as const) {
      expect((await crm.bus.command(moveLead, { leadId, stage }, priya)).lead.stageLabel).toBe(label);
    }
  });

  it('is lost only with a reason, which may begin the note [M14] [M18]', async () => {
    const leadId = await enquire({ phone: '9845012345' });
    await expect(crm.bus.command(moveLead, { leadId, stage: 'lost' }, priya)).rejects.toMatchObject({
      code: 'lead.reason_required',
    });
    const { lead } = await crm.bus.command(
      moveLead,
      { leadId, stage: 'CLOSE TO LOOSE', note: 'competitor took a cheaper one' },
      priya,
    );
    expect(lead).toMatchObject({
      stageKind: 'lost',
      lostReason: 'competitor',
      lostReasonLabel: 'Bought from a competitor',
    });
    const { items } = await crm.bus.query(contactTimeline, { contactId: lead.contactId }, priya);
    expect(items[0]).toMatchObject({
      kind: 'stage',
      title: 'NOT ATTEMPTED → CLOSE TO LOOSE',
      text: 'Bought from a competitor: took a cheaper one',
      by: 'Priya Shah',
    });
  });

  it('returns where it was when the move is undone, with its follow-up [M67]', async () => {
    const leadId = await enquire({ phone: '9845012345' });
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-12T05:30:00Z' }, priya);
    await crm.bus.command(moveLead, { leadId, stage: 'lost', lostReason: 'price' }, priya);
    await crm.settle();
    expect(await see(leadId)).not.toHaveProperty('followUpAt');
    expect((await crm.bus.query(listFollowUps, {}, priya)).total).toBe(0);
    await crm.bus.command(undoLast, {}, priya);
    await crm.settle();
    expect(await see(leadId)).toMatchObject({
      stage: 'not-attempted',
      followUpAt: '2026-03-12T05:30:00.000Z',
    });
    expect((await crm.bus.query(listFollowUps, {}, priya)).total).toBe(1);
  });

  it('of a colleague does not exist for a tele-caller: list, id, number, search, counts, timeline [M61]', async () => {
    const mine = await enquire({ name: 'Ravi Kumar', phone: '9845012345' });
    const theirs = await enquire({ name: 'Ravi Menon', phone: '9845099999' });
    expect((await crm.bus.query(listLeads, {}, priya)).items.map(({ id }) => id)).toEqual([mine]);
    await expect(see(theirs, priya)).rejects.toMatchObject({ code: 'record.not_found' });
    await expect(crm.bus.query(leadByNumber, { number: 2 }, priya)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    expect((await crm.bus.query(findLeads, { search: 'ravi' }, priya)).total).toBe(1);
    expect((await crm.bus.query(listLeads, { assigneeId: arjun.id }, priya)).total).toBe(0);
    expect((await crm.bus.query(leadViews, {}, priya)).items[0]).toEqual({
      view: 'all',
      label: 'All Leads',
      count: 1,
    });
    await expect(
      crm.bus.query(contactTimeline, { contactId: (await see(theirs)).contactId }, priya),
    ).rejects.toMatchObject({ code: 'record.not_found' });
    for (const change of [
      () => crm.bus.command(moveLead, { leadId: theirs, stage: 'follow-up' }, priya),
      () => crm.bus.command(logCall, { leadId: theirs, outcome: 'rnr' }, priya),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'record.not_found' });
    }
  });

  it('takes its contact, conversations and follow-ups along when it is assigned; the giver sees none of it [M61]', async () => {
    const conversationId = await crm.conversation('919845012345', [
      { scheme: 'phone', value: '+919845012345' },
    ]);
    const { leadId, contactId } = await crm.enquire({ conversationId, name: 'Ravi' });
    await crm.bus.command(setFollowUp, { leadId: leadId!, at: '2026-03-12T05:30:00Z' }, priya);
    expect((await crm.bus.query(getConversation, { conversationId }, priya)).assigneeId).toBe(priya.id);

    await crm.bus.command(
      assignLead,
      { leadId: leadId!, assigneeId: arjun.id, reason: 'speaks Telugu' },
      manager,
    );
    await expect(crm.bus.query(getConversation, { conversationId }, priya)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await expect(crm.bus.query(getContact, { contactId }, priya)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    expect((await crm.bus.query(getConversation, { conversationId }, arjun)).assigneeId).toBe(arjun.id);
    expect((await crm.bus.query(listFollowUps, {}, priya)).total).toBe(0);
    expect((await crm.bus.query(listFollowUps, {}, arjun)).total).toBe(1);
    await crm.bus.command(undoLast, {}, manager);
    expect(await see(leadId!)).toMatchObject({ assigneeName: 'Priya Shah' });
  });

  it('is assigned only by whom the role allows, to whom it allows [M61]', async () => {
    const leadId = await enquire({ phone: '9845012345' });
    await expect(crm.bus.command(assignLead, { leadId, assigneeId: arjun.id }, priya)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
    const admin = await crm.user('Anil Das', 'administrator');
    await expect(
      crm.bus.command(assignLead, { leadId, assigneeId: admin.id }, manager),
    ).rejects.toMatchObject({
      code: 'user.cannot_assign_to',
      message: 'You may not assign records to Anil Das.',
    });
  });

  it('is handed over upwards, and taken back by undo [M6] [M67]', async () => {
    const leadId = await enquire({ phone: '9845012345' });
    await expect(crm.bus.command(handOffLead, { leadId, assigneeId: arjun.id }, priya)).rejects.toMatchObject(
      { code: 'user.cannot_assign_to' },
    );
    expect(
      await crm.bus.command(handOffLead, { leadId, reason: 'wants a special price' }, priya),
    ).toMatchObject({ number: 1, assigneeName: 'Meera Iyer' });
    await expect(see(leadId, priya)).rejects.toMatchObject({ code: 'record.not_found' });
    await crm.bus.command(undoLast, {}, priya);
    expect(await see(leadId, priya)).toMatchObject({ assigneeId: priya.id });
  });

  it('is found by name, by the beginning or the end of its number, by mail and by #number [M6]', async () => {
    await enquire({ name: 'Ravi Kumar', phone: '9845012345', email: 'ravi@example.com' });
    await enquire({ name: 'Asha Menon', phone: '9900054321' });
    const found = async (search: string) =>
      (await crm.bus.query(listLeads, { search }, manager)).items.map(({ name }) => name);
    for (const search of [
      'rav',
      'kumar ravi',
      '98450',
      '098450 12345',
      '+91 98450-12345',
      '2345',
      'RAVI@',
      '#1',
    ])
      expect([search, await found(search)]).toEqual([search, ['Ravi Kumar']]);
    expect(await found('ravi menon')).toEqual([]);
    expect(await found('.*')).toEqual([]);
  });

  it('stands in the filters of the dashboard, with counts [M55]', async () => {
    crm.clock.set('2026-02-27T05:00:00Z');
    await enquire({ phone: '9845000001', source: 'Google' });
    crm.clock.set('2026-03-11T05:00:00Z');
    const second = await enquire({ phone: '9845000002', source: 'Referral', medium: 'manual' });
    const third = await enquire({ phone: '9845000003', source: 'Website' });
    const fourth = await enquire({ phone: '9845000004', source: 'Referral', medium: 'manual' });
    await crm.bus.command(setFollowUp, { leadId: second, at: '2026-03-11T06:00:00Z' }, manager);
    await crm.bus.command(setFollowUp, { leadId: third, at: '2026-03-13T06:00:00Z' }, manager);
    await crm.bus.command(moveLead, { leadId: fourth, stage: 'lost', lostReason: 'no-need' }, manager);
    const counts = async () =>
      Object.fromEntries(
        (await crm.bus.query(leadViews, {}, manager)).items.map(({ label, count }) => [label, count]),
      );
    expect(await counts()).toEqual({
      'All Leads': 4,
      'Hot Leads': 2,
      'Previous Month Leads': 1,
      'Not Attempted Leads': 3,
      'Lost Leads': 1,
      "Today's Follow Up": 1,
      'Missed Follow Up': 0,
    });
    crm.clock.set('2026-03-11T07:00:00Z');
    expect((await counts())['Missed Follow Up']).toBe(1);
    const { items, total } = await crm.bus.query(
      listLeads,
      { view: 'missedFollowUp', sort: 'followUp' },
      manager,
    );
    expect([total, items.map(({ id }) => id)]).toEqual([1, [second]]);
    await crm.bus.command(logCall, { leadId: second, outcome: 'answered' }, manager);
    expect((await counts())['Missed Follow Up']).toBe(0);
  });

  it('stands in filters that a user has kept, theirs alone, with its count; undone [M55] [M61]', async () => {
    const phones = ['9845000001', '9845000002', '9845000003'];
    for (const phone of phones) await enquire({ phone, source: phone.endsWith('3') ? 'Google' : 'Referral' });
    const keep = (label: string, filter: object, as = manager) =>
      crm.bus.command(keepLeadView, { label, filter } as never, as);
    const own = async (as = manager) =>
      (await crm.bus.query(leadViews, {}, as)).own.map(({ label, count }) => `${label} ${count}`);
    await keep('Friends', { source: 'Referral' });
    await keep('Priya’s hot ones', { view: 'hot', assigneeId: priya.id });
    expect(await own()).toEqual(['Friends 2', 'Priya’s hot ones 1']);
    expect(await own(priya)).toEqual([]);
    // The same filter shows each what they may see.
    await keep('Friends', { source: 'Referral' }, priya);
    expect(await own(priya)).toEqual(['Friends 1']);
    const show = (name?: string) => crm.bus.query(showLeadView, name ? { name } : {}, manager);
    expect(await show('friends')).toMatchObject({ label: 'Friends', total: 2 });
    expect(await show('hot')).toMatchObject({ label: 'Hot Leads', total: 1 });
    expect((await show()).views).toContainEqual({ label: 'Friends', count: 2 });
    await expect(show('zzz')).rejects.toMatchObject({ code: 'record.not_found' });
    await keep('Friends', { source: 'Google' });
    expect((await own())[0]).toBe('Friends 1');
    await crm.bus.command(undoLast, {}, manager);
    expect((await own())[0]).toBe('Friends 2');
    const { id } = (await crm.bus.query(leadViews, {}, manager)).own[0]!;
    await expect(crm.bus.command(dropLeadView, { id }, priya)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await crm.bus.command(dropLeadView, { id }, manager);
    expect(await own()).toEqual(['Priya’s hot ones 1']);
  });

  it('has its correspondence read by employee and channel by whoever they answer to, and by nobody else [M85]', async () => {
    const talk = (thread: string, channel: string, assigneeId: string) =>
      crm.conversation(thread, [{ scheme: 'email', value: thread }], { channel, assigneeId });
    const mail = await talk('ravi@example.com', 'email', priya.id);
    await talk('sita@example.com', 'whatsapp', priya.id);
    await talk('gita@example.com', 'email', arjun.id);
    const of = async (as: Person, input: object) =>
      (await crm.bus.query(listConversations, input, as)).items.map(({ id }) => id);
    expect(await of(manager, { assigneeId: priya.id, channel: 'email' })).toEqual([mail]);
    expect(await of(manager, { assigneeId: priya.id })).toHaveLength(2);
    expect(await of(arjun, { assigneeId: priya.id })).toEqual([]);
  });

  it('is listed in pages that neither repeat nor leave out [M55]', async () => {
    for (let n = 10; n < 21; n++) await enquire({ phone: `98450000${n}` });
    for (const sort of ['newest', 'oldest', 'lastActivity'] as const) {
      const numbers: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await crm.bus.query(listLeads, { sort, limit: 3, ...(cursor && { cursor }) }, manager);
        numbers.push(...page.items.map(({ number }) => number));
        cursor = page.nextCursor;
        expect(page.total).toBe(11);
      } while (cursor);
      const rising = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
      expect([sort, numbers]).toEqual([sort, sort === 'oldest' ? rising : rising.toReversed()]);
    }
  });

  it('is on its caller’s day: what was missed, what is due, what is new [M6]', async () => {
    const first = await enquire({ name: 'Ravi', phone: '9845000001' });
    await enquire({ phone: '9845000002' });
    await enquire({ name: 'Asha', phone: '9845000003' });
    await crm.bus.command(setFollowUp, { leadId: first, at: '2026-03-11T06:00:00Z' }, priya);
    crm.clock.set('2026-03-11T06:30:00Z');
    const day = await crm.bus.query(myDay, {}, priya);
    expect(day.counts).toEqual({ missed: 1, due: 0, notAttempted: 2, demos: 0 });
  });

  it('keeps its contact in step when its number is corrected, and refuses somebody else’s [M67]', async () => {
    const leadId = await enquire({ name: 'Ravi', phone: '9845000001' });
    await enquire({ name: 'Asha', phone: '9845000002' });
    const { lead } = await crm.bus.command(
      updateLead,
      { leadId, phone: '98450 77777', product: 'RSoft ERP' },
      priya,
    );
    expect(lead).toMatchObject({ phone: '+919845077777', product: 'RSoft ERP' });
    expect(await crm.bus.query(getContact, { contactId: lead.contactId }, priya)).toMatchObject({
      phone: '+919845077777',
    });
    expect((await crm.bus.query(findLeads, { search: '7777' }, priya)).total).toBe(1);
    await expect(crm.bus.command(updateLead, { leadId, phone: '9845000002' }, priya)).rejects.toMatchObject({
      code: 'record.duplicate',
    });
    await expect(crm.bus.command(updateLead, { leadId, phone: '12' }, priya)).rejects.toMatchObject({
      code: 'phone.invalid',
    });
  });
});
