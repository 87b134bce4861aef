import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import {
  contactTimeline,
  createMatcher,
  dismissDuplicate,
  getContact,
  listDuplicates,
  recordContacts,
  splitContact,
  updateContact,
} from '../../../src/domain/contacts/contract.ts';
import { compareImported } from '../../../src/domain/contacts/duplicates/imported.ts';
import { getConversation } from '../../../src/domain/conversations/contract.ts';
import { assignLead, getLead, mergeLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('contacts that may be one person', () => {
  let crm: Sales;
  let admin: Person;
  let manager: Person;
  let priya: Person;
  let arjun: Person;
  beforeEach(async () => {
    crm = await sales();
    admin = await crm.user('Anita Das', 'administrator');
    manager = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller');
    arjun = await crm.user('Arjun Rao', 'tele-caller');
  });
  afterEach(() => crm.dispose());

  const duplicates = async (as: Person) => (await crm.bus.query(listDuplicates, {}, as)).items;
  const told = async (as: Person) =>
    (await crm.bus.query(listNotifications, {}, as)).items.filter(({ rule }) => rule === 'lead-duplicate');
  const give = (leadId: string, to: Person) =>
    crm.bus.command(assignLead, { leadId, assigneeId: to.id }, manager);
  const acme = async () => {
    const one = await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345', company: 'Acme Pvt. Ltd.' });
    const two = await crm.enquire({
      name: 'Kumar Ravee',
      email: 'ravi@acme.example',
      company: 'ACME Private Limited',
    });
    return [one, two] as const;
  };

  it('by a name written otherwise and their company are suspected with score and reasons, and stay two New leads [M11]', async () => {
    const [one, two] = await acme();
    expect([one.verdict, two.verdict]).toEqual(['new', 'new']);
    const [pair, ...others] = await duplicates(manager);
    expect(others).toEqual([]);
    expect(pair!.reasons.map(({ rule }) => rule)).toEqual(['like-name', 'same-company']);
    expect(pair!.score).toBeGreaterThanOrEqual(0.6);
    expect(pair!.score).toBeLessThan(0.8);
    expect([pair!.a.lead?.number, pair!.b.lead?.number].sort()).toEqual([1, 2]);
  });

  it('by their name alone, or their company alone, are not suspected [M11]', async () => {
    await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345', company: 'Acme' });
    await crm.enquire({ name: 'Ravi Kumar', phone: '9845099999' });
    await crm.enquire({ name: 'Sunita Rao', phone: '9845088888', company: 'Acme' });
    expect(await duplicates(manager)).toEqual([]);
  });

  it('by a number told without its country code are suspected [M11]', async () => {
    await crm.enquire({ name: 'Jo Smith', phone: '+1 415 555 2671' });
    await crm.enquire({ name: 'Jo Smith', phone: '4155552671' });
    expect((await duplicates(manager))[0]?.reasons.map(({ rule }) => rule)).toEqual([
      'other-country-code',
      'like-name',
    ]);
  });

  it('are seen and told of only by who may change both: no tele-caller learns of another’s lead [M61]', async () => {
    const [one, two] = await acme();
    await give(one.leadId!, priya);
    await give(two.leadId!, arjun);
    await crm.settle();
    expect(await duplicates(priya)).toEqual([]);
    expect(await duplicates(arjun)).toEqual([]);
    expect(await duplicates(manager)).toHaveLength(1);
    expect([...(await told(priya)), ...(await told(arjun))]).toEqual([]);
    expect((await told(admin)).map(({ link }) => link)).toEqual([
      `/duplicates/${one.contactId}/${two.contactId}`,
    ]);
    for (const keep of [one, two]) {
      const merge = keep === one ? two : one;
      await expect(
        crm.bus.command(mergeLead, { keep: keep.leadId!, merge: merge.leadId! }, arjun),
      ).rejects.toMatchObject({ code: 'record.not_found' });
    }
    await give(one.leadId!, arjun);
    await crm.settle();
    expect(await duplicates(arjun)).toHaveLength(1);
  });

  it('are asked about once: told apart, they do not come back, unless that is undone [M16]', async () => {
    const [one] = await acme();
    const [pair] = await duplicates(manager);
    await crm.bus.command(dismissDuplicate, { id: pair!.id }, manager);
    await crm.bus.command(updateContact, { contactId: one.contactId, name: 'Ravi  Kumaar' }, manager);
    await crm.settle();
    expect(await duplicates(manager)).toEqual([]);
    await crm.bus.command(undoLast, {}, manager);
    await crm.bus.command(undoLast, {}, manager);
    expect(await duplicates(manager)).toHaveLength(1);
  });

  it('are found among the contacts of a file, too [M13]', async () => {
    await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345', company: 'Acme' });
    let n = 0;
    const matcher = createMatcher([], { country: 'IN', now: crm.clock.now(), id: () => `imported-${++n}` });
    for (const said of [
      { name: 'Kumar Ravee', email: 'ravee@acme.example', company: 'ACME Ltd' },
      { name: 'Sunita Rao', phone: '9845088888' },
    ])
      matcher.keep(matcher.meet(said));
    await crm.bus.command(
      recordContacts,
      { made: [...matcher.made.values()], taught: [], met: [] },
      asSystem,
    );
    crm.clock.advance(60_000);
    await crm.bus.unitOfWork(asSystem, compareImported.run);
    await crm.settle();
    expect((await duplicates(manager)).map(({ a, b }) => [a.name, b.name].sort())).toEqual([
      ['Kumar Ravee', 'Ravi Kumar'],
    ]);
  });

  it('are off the list once merged, and on it again once that is undone [M16]', async () => {
    const [one, two] = await acme();
    await crm.bus.command(mergeLead, { keep: one.leadId!, merge: two.leadId! }, manager);
    await crm.settle();
    expect(await duplicates(manager)).toEqual([]);
    await crm.bus.command(undoLast, {}, manager);
    expect(await duplicates(manager)).toHaveLength(1);
  });

  it('are listed from an index, whoever asks [M16]', async () => {
    await acme();
    const pairs = mongoose.connection.collection('duplicate_pairs');
    for (const where of [
      { status: 'open' },
      { 'a.assigneeId': priya.id, 'b.assigneeId': priya.id, status: 'open' },
    ]) {
      const plan = JSON.stringify(
        await pairs.find(where).sort({ score: -1, _id: -1 }).explain('queryPlanner'),
      );
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('"SORT"');
    }
  });

  it('a number that more people give than the limit recognises nobody any more, and the evidence says so [M11]', async () => {
    crm.config.app.enquiries.sharedBy = 2;
    const switchboard = '044 2345 6789';
    const names = ['Asha Menon', 'Binu Thomas', 'Chitra Das', 'Deepak Jain'];
    const answers = [];
    for (const [n, name] of names.entries())
      answers.push(await crm.enquire({ name, phone: switchboard, email: `person${n}@example.com` }));
    expect(answers.map(({ verdict }) => verdict)).toEqual(['new', 'duplicate', 'new', 'new']);
    expect(answers[3]!.evidence).toContainEqual({
      rule: 'shared-phone',
      score: 0,
      text: 'The number +914423456789 is shared (4 people gave it): nobody was recognised by it.',
    });
    const again = await crm.enquire({
      name: 'Deepak Jain',
      phone: switchboard,
      email: 'person3@example.com',
    });
    expect(again).toMatchObject({ verdict: 'duplicate', leadId: answers[3]!.leadId });
    const contact = await crm.bus.query(getContact, { contactId: answers[3]!.contactId }, asSystem);
    expect(contact).toMatchObject({ phone: '+914423456789', email: 'person3@example.com' });
    expect(
      (await duplicates(manager)).filter(({ reasons }) => reasons.some(({ rule }) => rule === 'same-phone')),
    ).toEqual([]);
  });

  it('info@ proves nobody from the second person on [M11]', async () => {
    await crm.enquire({ name: 'Asha Menon', email: 'info@acme.example', phone: '9845011111' });
    const second = await crm.enquire({
      name: 'Binu Thomas',
      email: 'Info+web@acme.example',
      phone: '9845022222',
    });
    expect(second.verdict).toBe('new');
    expect(second.evidence[0]).toMatchObject({ rule: 'shared-email', score: 0 });
  });

  it('of one contact that was two, some addresses and conversations are split off with their leads, and that is undone [B9]', async () => {
    const talk = await crm.conversation('919845012345', [{ scheme: 'phone', value: '+919845012345' }]);
    const ravi = await crm.enquire({ name: 'Ravi Kumar', email: 'ravi@example.com' });
    const asha = await crm.enquire({ conversationId: talk, name: 'Asha', product: 'RSoft ERP' });
    await crm.bus.command(mergeLead, { keep: ravi.leadId!, merge: asha.leadId! }, manager);
    const { contact } = await crm.bus.command(
      splitContact,
      {
        contactId: ravi.contactId,
        name: 'Asha Menon',
        identities: [{ scheme: 'phone', value: '98450 12345' }],
      },
      manager,
    );
    await crm.settle();
    expect(contact).toMatchObject({ name: 'Asha Menon', phone: '+919845012345' });
    expect(await crm.bus.query(getConversation, { conversationId: talk }, manager)).toMatchObject({
      contactId: contact.id,
    });
    expect((await crm.bus.query(getContact, { contactId: ravi.contactId }, manager)).identities).toEqual([
      { scheme: 'email', value: 'ravi@example.com' },
    ]);
    const { items } = await crm.bus.query(contactTimeline, { contactId: contact.id, limit: 50 }, manager);
    expect(items.map(({ title }) => title)).toContain('Enquiry from Website: New');
    await crm.bus.command(undoLast, {}, manager);
    expect(await crm.bus.query(getContact, { contactId: contact.id }, manager)).toMatchObject({
      id: ravi.contactId,
    });
    expect(await crm.bus.query(getConversation, { conversationId: talk }, manager)).toMatchObject({
      contactId: ravi.contactId,
    });
    expect(await crm.bus.query(getLead, { leadId: asha.leadId! }, manager)).toMatchObject({
      id: ravi.leadId,
    });
  });
});
