import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import {
  addNote,
  listCalls,
  listFollowUps,
  logCall,
  setFollowUp,
} from '../../../src/domain/activities/contract.ts';
import { bookAppointment, listAppointments } from '../../../src/domain/appointments/contract.ts';
import {
  compareContacts,
  contactTimeline,
  getContact,
  mergeContacts,
  unmergeContacts,
} from '../../../src/domain/contacts/contract.ts';
import {
  getConversation,
  listConversations,
  setConsent,
} from '../../../src/domain/conversations/contract.ts';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import {
  getLead,
  leadByNumber,
  listLeads,
  mergeLead,
  unmergeLead,
  updateLead,
} from '../../../src/domain/leads/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { getTicket, openTicket } from '../../../src/domain/tickets/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

type Recorded = Awaited<ReturnType<Sales['enquire']>> & { leadId: string };

describe('merging', () => {
  let crm: Sales;
  let manager: Person;
  let priya: Person;
  let web: Recorded;
  let whatsapp: Recorded;
  let talk: string;
  beforeEach(async () => {
    crm = await sales();
    manager = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller');
    web = (await crm.enquire({
      name: 'Ravi Kumar',
      email: 'ravi@example.com',
      product: 'RSoft CRM',
      city: 'Chennai',
    })) as Recorded;
    talk = await crm.conversation('919845012345', [{ scheme: 'phone', value: '+919845012345' }]);
    whatsapp = (await crm.enquire({
      conversationId: talk,
      name: 'Ravi K',
      product: 'RSoft ERP',
    })) as Recorded;
  });
  afterEach(() => crm.dispose());

  const lead = (leadId: string, as = asSystem) => crm.bus.query(getLead, { leadId }, as);
  const merge = (as: Person, fields: object = {}) =>
    crm.bus.command(mergeLead, { keep: web.leadId, merge: whatsapp.leadId, fields }, as);

  /** Everything stored of customers, as it is; what only says when something was last touched is left out. */
  async function stored() {
    const kept: Record<string, unknown[]> = {};
    for (const name of [
      'leads',
      'contacts',
      'enquiries',
      'conversations',
      'calls',
      'followups',
      'notes',
      'appointments',
      'tickets',
      'timeline',
      'messages',
    ]) {
      // That there was a merge, and that it was undone, stays on record.
      const rows = await mongoose.connection
        .collection(name)
        .find({ ref: { $not: /^merge:/ } })
        .sort({ _id: 1 })
        .toArray();
      kept[name] = rows.map(({ lastActivityAt: _, holds: __, version: ___, block, ...row }) => ({
        ...row,
        ...(block && { block: [...block].sort() }),
      }));
    }
    return kept;
  }

  async function work() {
    await crm.bus.command(
      logCall,
      { leadId: whatsapp.leadId, outcome: 'answered', note: 'has a dealer' },
      priya,
    );
    await crm.bus.command(addNote, { leadId: whatsapp.leadId, note: 'prefers Hindi' }, priya);
    await crm.bus.command(setFollowUp, { leadId: web.leadId, at: '2026-03-13T05:30:00Z' }, priya);
    await crm.bus.command(setFollowUp, { leadId: whatsapp.leadId, at: '2026-03-12T05:30:00Z' }, priya);
    await crm.bus.command(
      bookAppointment,
      { leadId: whatsapp.leadId, kind: 'demo', startsAt: '2026-03-16T06:30:00Z' },
      priya,
    );
    const ticket = await crm.bus.command(
      openTicket,
      { contactId: whatsapp.contactId, subject: 'Cannot sign in', description: 'Since Monday.' } as never,
      manager,
    );
    await crm.settle();
    return ticket as { ticket: { id: string } };
  }

  it('puts the calls, notes, demo, ticket, enquiries and conversation of both under one lead and one contact [M16]', async () => {
    const { ticket } = await work();
    const { lead: kept } = await merge(manager, { product: 'merge' });
    await crm.settle();

    expect(kept).toMatchObject({ id: web.leadId, name: 'Ravi Kumar', product: 'RSoft ERP', city: 'Chennai' });
    expect(kept.phone).toBe('+919845012345');
    const contact = await crm.bus.query(getContact, { contactId: web.contactId }, manager);
    expect(contact.identities).toEqual([
      { scheme: 'email', value: 'ravi@example.com' },
      { scheme: 'phone', value: '+919845012345' },
    ]);
    expect((await crm.bus.query(listLeads, {}, manager)).total).toBe(1);
    const ofLead = { leadId: web.leadId };
    expect((await crm.bus.query(listCalls, ofLead, manager)).items).toMatchObject([
      { leadNumber: 1, leadName: 'Ravi Kumar' },
    ]);
    expect((await crm.bus.query(listAppointments, ofLead as never, manager)).items).toHaveLength(1);
    expect((await crm.bus.query(listEnquiries, ofLead, manager)).items).toHaveLength(2);
    expect(await crm.bus.query(getConversation, { conversationId: talk }, manager)).toMatchObject({
      contactId: web.contactId,
    });
    expect((await crm.bus.query(getTicket, { ticketId: ticket.id }, manager)).contactId).toBe(web.contactId);
    const timeline = await crm.bus.query(contactTimeline, { contactId: web.contactId, limit: 100 }, manager);
    expect(timeline.items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['call', 'note', 'appointment', 'ticket', 'enquiry', 'followUp']),
    );
    expect(timeline.items).toContainEqual(
      expect.objectContaining({ title: 'Merged with #2 Ravi K', by: 'Meera Iyer' }),
    );
  });

  it('leaves one open follow-up, the earliest, on the lead and in its list [M16]', async () => {
    await work();
    const { lead: kept } = await merge(manager);
    expect(kept.followUpAt).toBe('2026-03-12T05:30:00.000Z');
    const { items } = await crm.bus.query(listFollowUps, { leadId: web.leadId }, manager);
    expect(items.map(({ at }) => at)).toEqual(['2026-03-12T05:30:00.000Z']);
  });

  it('takes each field from the side that was chosen, and fills what was empty [M16]', async () => {
    const { lead: kept } = await merge(manager, { name: 'merge', product: 'keep' });
    expect(kept).toMatchObject({
      name: 'Ravi K',
      product: 'RSoft CRM',
      email: 'ravi@example.com',
      phone: '+919845012345',
    });
    expect(await crm.bus.query(getContact, { contactId: web.contactId }, manager)).toMatchObject({
      name: 'Ravi K',
    });
  });

  it('answers old ids, numbers and searches with the lead that was kept, also for what is recorded under them [M16]', async () => {
    await merge(manager);
    expect(await lead(whatsapp.leadId, manager)).toMatchObject({ id: web.leadId });
    expect(await crm.bus.query(leadByNumber, { number: 2 }, manager)).toMatchObject({ number: 1 });
    expect(await crm.bus.query(getContact, { contactId: whatsapp.contactId }, manager)).toMatchObject({
      id: web.contactId,
    });
    for (const search of ['#2', '98450 12345', 'ravi k', 'ravi@example.com'])
      expect((await crm.bus.query(listLeads, { search }, manager)).items.map(({ id }) => id)).toEqual([
        web.leadId,
      ]);
    await crm.bus.command(logCall, { leadId: whatsapp.leadId, outcome: 'rnr' }, manager);
    expect((await crm.bus.query(listCalls, { leadId: web.leadId }, manager)).items).toHaveLength(1);
    const again = await crm.enquire({ phone: '9845012345' });
    expect(again).toMatchObject({ verdict: 'duplicate', leadId: web.leadId, contactId: web.contactId });
  });

  it('is undone to exactly what was, from chat as from the console [M16] [M67]', async () => {
    await work();
    const before = await stored();
    await merge(manager, { name: 'merge', product: 'merge', stage: 'merge' });
    await crm.settle();
    expect(await stored()).not.toEqual(before);
    await crm.bus.command(undoLast, {}, manager);
    await crm.settle();
    const after = await stored();
    for (const name of Object.keys(before)) expect({ [name]: after[name] }).toEqual({ [name]: before[name] });
  });

  it('undone, leaves what came since where it arrived [B9]', async () => {
    const { mergeId } = await merge(manager);
    await crm.bus.command(addNote, { leadId: web.leadId, note: 'since' }, manager);
    await crm.bus.command(updateLead, { leadId: web.leadId, city: 'Madurai' }, manager);
    await crm.bus.command(unmergeLead, { mergeId }, manager);
    const timeline = await crm.bus.query(contactTimeline, { contactId: web.contactId, limit: 100 }, manager);
    expect(timeline.items.map(({ text }) => text)).toContain('since');
    expect(await lead(web.leadId, manager)).toMatchObject({ city: 'Madurai', product: 'RSoft CRM' });
    expect((await lead(web.leadId, manager)).phone).toBeUndefined();
    expect(await lead(whatsapp.leadId, manager)).toMatchObject({
      number: 2,
      name: 'Ravi K',
      phone: '+919845012345',
    });
  });

  it('of three is undone in either order, each giving back its own [B9]', async () => {
    const third = (await crm.enquire({ name: 'R. Kumar', phone: '9845099999', city: 'Salem' })) as Recorded;
    const before = await stored();
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const ids = [(await merge(manager, { name: 'merge' })).mergeId];
      ids.push(
        (
          await crm.bus.command(
            mergeLead,
            { keep: web.leadId, merge: third.leadId, fields: { name: 'merge', city: 'merge' } },
            manager,
          )
        ).mergeId,
      );
      for (const place of order) await crm.bus.command(unmergeLead, { mergeId: ids[place]! }, manager);
      await crm.settle();
      const after = await stored();
      for (const name of Object.keys(before))
        expect({ [name]: after[name] }).toEqual({ [name]: before[name] });
    }
  });

  it('on top of a merge has to be undone first [B9]', async () => {
    const third = (await crm.enquire({ name: 'R. Kumar', phone: '9845099999' })) as Recorded;
    const first = await merge(manager);
    const second = await crm.bus.command(mergeLead, { keep: third.leadId, merge: web.leadId }, manager);
    expect(await lead(whatsapp.leadId, manager)).toMatchObject({ id: third.leadId });
    await expect(crm.bus.command(unmergeLead, { mergeId: first.mergeId }, manager)).rejects.toMatchObject({
      code: 'merge.buried',
    });
    await crm.bus.command(unmergeLead, { mergeId: second.mergeId }, manager);
    await crm.bus.command(unmergeLead, { mergeId: first.mergeId }, manager);
    expect(await lead(whatsapp.leadId, manager)).toMatchObject({ id: whatsapp.leadId });
    await expect(crm.bus.command(unmergeLead, { mergeId: first.mergeId }, manager)).rejects.toMatchObject({
      code: 'merge.undone',
    });
  });

  it('of contacts alone keeps both leads, under one person [M16]', async () => {
    const { mergeId } = await crm.bus.command(
      mergeContacts,
      { keep: web.contactId, merge: whatsapp.contactId },
      manager,
    );
    expect(await lead(whatsapp.leadId, manager)).toMatchObject({
      id: whatsapp.leadId,
      contactId: web.contactId,
    });
    const { keep } = await crm.bus.query(
      compareContacts,
      { keep: web.contactId, merge: web.contactId },
      manager,
    );
    expect(keep.leads.map(({ number }) => number).sort()).toEqual([1, 2]);
    const inner = await merge(manager);
    await expect(crm.bus.command(unmergeContacts, { mergeId }, manager)).rejects.toMatchObject({
      code: 'merge.leads_first',
    });
    await crm.bus.command(unmergeLead, { mergeId: inner.mergeId }, manager);
    await crm.bus.command(unmergeContacts, { mergeId }, manager);
    expect(await lead(whatsapp.leadId, manager)).toMatchObject({ contactId: whatsapp.contactId });
  });

  it('keeps the stricter consent: who said stop on a channel is left alone on all of it, until the merge is undone [M133]', async () => {
    const other = await crm.conversation('919845099999', [{ scheme: 'phone', value: '+919845099999' }]);
    const third = (await crm.enquire({ conversationId: other, name: 'Ravi' })) as Recorded;
    await crm.bus.command(setConsent, { conversationId: talk, optedOut: true, words: 'STOP' }, asSystem);
    const { mergeId } = await crm.bus.command(
      mergeLead,
      { keep: third.leadId, merge: whatsapp.leadId },
      manager,
    );
    const consents = async () =>
      (await crm.bus.query(listConversations, { limit: 10 }, manager)).items
        .map(({ id, optedOut }) => [id, optedOut])
        .sort();
    expect(await consents()).toEqual(
      [
        [talk, true],
        [other, true],
      ].sort(),
    );
    await crm.bus.command(unmergeLead, { mergeId }, manager);
    expect(await consents()).toEqual(
      [
        [talk, true],
        [other, false],
      ].sort(),
    );
  });

  it('counts together how often silent clients were written to [M17]', async () => {
    const outreach = mongoose.connection.collection<{ _id: string }>('outreach');
    const at = new Date('2026-03-01T05:00:00Z');
    await outreach.insertOne({ _id: whatsapp.leadId, count: 2, at } as never);
    await merge(manager);
    await crm.settle();
    expect(await outreach.findOne({ _id: web.leadId })).toMatchObject({ count: 2, at });
  });

  it('of one lead with itself is refused, under whichever of its ids [M16]', async () => {
    await expect(
      crm.bus.command(mergeLead, { keep: web.leadId, merge: web.leadId }, manager),
    ).rejects.toMatchObject({ code: 'merge.same' });
    await merge(manager);
    await expect(merge(manager)).rejects.toMatchObject({ code: 'merge.same' });
  });
});
