import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contactTimeline, getContact } from '../../../src/domain/contacts/contract.ts';
import {
  compareEnquiry,
  getEnquiry,
  listEnquiries,
  overruleVerdict,
  recordEnquiry,
} from '../../../src/domain/enquiries/contract.ts';
import { CorrectionModel } from '../../../src/domain/enquiries/model.ts';
import { createLead, getLead, listLeads, moveLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from './harness.ts';

describe('an enquiry', () => {
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
  const leadOf = (leadId: string, as = asSystem) => crm.bus.query(getLead, { leadId }, as);
  const allLeads = async () => (await crm.bus.query(listLeads, {}, asSystem)).total;

  it('of a stranger is New: a lead that is not attempted, numbered, given to a tele-caller [M10] [M11] [M14]', async () => {
    const answer = await crm.enquire({ name: 'Ravi Kumar', phone: '98450 12345', product: 'RSoft CRM' });
    expect(answer).toMatchObject({
      verdict: 'new',
      leadNumber: 1,
      evidence: [{ rule: 'no-match', text: 'Neither number, e-mail nor chat account is known.' }],
    });
    expect(await leadOf(answer.leadId!)).toMatchObject({
      number: 1,
      name: 'Ravi Kumar',
      phone: '+919845012345',
      stageLabel: 'NOT ATTEMPTED',
      hot: true,
      source: 'Website',
      medium: 'webchat',
    });
  });

  it('goes to the tele-callers in turn [M19]', async () => {
    const owners = [];
    for (const phone of ['9845000001', '9845000002', '9845000003', '9845000004']) {
      owners.push((await leadOf((await crm.enquire({ phone })).leadId!)).assigneeName);
    }
    expect(owners).toEqual(['Priya Shah', 'Arjun Rao', 'Priya Shah', 'Arjun Rao']);
  });

  it('of somebody with an open lead is Duplicate, with evidence, and no second lead [M11] [M16]', async () => {
    const first = await crm.enquire({ name: 'Ravi Kumar', phone: '+91 98450 12345' });
    const second = await crm.enquire({
      name: 'Ravi K',
      phone: '098450-12345',
      medium: 'email',
      source: 'Google',
    });
    expect(second).toMatchObject({ verdict: 'duplicate', leadId: first.leadId, leadNumber: 1 });
    expect(second.evidence.map(({ rule }) => rule)).toEqual(['same-phone', 'open-lead']);
    expect(second.evidence[1]!.matched).toEqual({ kind: 'Lead', id: first.leadId, label: '#1 Ravi Kumar' });
    expect(await allLeads()).toBe(1);
    const { items } = await crm.bus.query(contactTimeline, { contactId: first.contactId }, asSystem);
    expect(items.map(({ title }) => title)).toContain('Enquiry from Google: Duplicate');
  });

  it('can be compared side by side with the lead it repeats [M16]', async () => {
    await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345', product: 'RSoft CRM', city: 'Chennai' });
    const { enquiryId } = await crm.enquire({
      name: 'Ravi Kumar',
      phone: '9845012345',
      product: 'RSoft ERP',
    });
    const { fields, leadNumber } = await crm.bus.query(compareEnquiry, { enquiryId }, asSystem);
    expect(leadNumber).toBe(1);
    expect(fields).toContainEqual({
      field: 'product',
      label: 'Product',
      incoming: 'RSoft ERP',
      existing: 'RSoft CRM',
      same: false,
    });
    expect(fields).toContainEqual({
      field: 'phone',
      label: 'Phone',
      incoming: '+919845012345',
      existing: '+919845012345',
      same: true,
    });
  });

  it('of somebody whose lead was lost is Re-engaged: the lead returns to the pipeline [M11] [M17]', async () => {
    const { leadId } = await crm.enquire({ name: 'Ravi Kumar', email: 'Ravi@Example.com' });
    await crm.bus.command(moveLead, { leadId: leadId!, stage: 'lost', lostReason: 'price' }, manager);
    const again = await crm.enquire({ email: 'ravi@example.com' });
    expect(again).toMatchObject({ verdict: 'reengaged', leadId });
    expect(again.evidence.map(({ text }) => text)).toEqual([
      'The e-mail ravi@example.com is that of Ravi Kumar (stated in the conversation, not proved).',
      'Lead #1 was closed (CLOSE TO LOOSE: Price too high).',
    ]);
    const lead = await leadOf(leadId!);
    expect(lead).toMatchObject({ stageLabel: 'NOT ATTEMPTED', verdict: 'reengaged' });
    expect(lead.lostReason).toBeUndefined();
    expect(await allLeads()).toBe(1);
  });

  it('on a lead that was silent for ninety days is Re-engaged too [M17]', async () => {
    const { leadId } = await crm.enquire({ phone: '9845012345' });
    crm.clock.advance(91 * 86_400_000);
    expect(await crm.enquire({ phone: '9845012345' })).toMatchObject({ verdict: 'reengaged', leadId });
  });

  it('that reads as junk makes no lead, unless its sender is known [M11]', async () => {
    const junk = { label: 'spam', score: 0.97, reasons: ['free lottery'] };
    const spam = await crm.enquire({ email: 'win@lottery.example', junk });
    expect(spam.verdict).toBe('junk');
    expect(spam.leadId).toBeUndefined();
    expect(spam.evidence).toContainEqual({
      rule: 'junk-words',
      score: 0.97,
      text: 'The words read as spam (97 %): free lottery.',
    });
    expect(await allLeads()).toBe(0);

    const known = await crm.enquire({ phone: '9845012345' });
    expect(await crm.enquire({ phone: '9845012345', junk })).toMatchObject({
      verdict: 'duplicate',
      leadId: known.leadId,
    });
  });

  it('is corrected in one step, and the correction is kept; undo takes it back [M11] [M67]', async () => {
    const { enquiryId } = await crm.enquire({
      name: 'Asha',
      email: 'asha@example.com',
      note: 'I represent a firm',
      junk: { label: 'vendor_pitch', score: 0.9 },
    });
    const { enquiry } = await crm.bus.command(
      overruleVerdict,
      { enquiryId, verdict: 'new', note: 'a real buyer' },
      manager,
    );
    expect(enquiry).toMatchObject({
      verdictLabel: 'New',
      leadNumber: 1,
      overruled: { from: 'junk', by: 'Meera Iyer' },
    });
    expect(await leadOf(enquiry.leadId!)).toMatchObject({ name: 'Asha', stageLabel: 'NOT ATTEMPTED' });
    expect(await CorrectionModel.findOne({ enquiryId }).lean()).toMatchObject({
      from: 'junk',
      to: 'new',
      text: 'I represent a firm',
      by: manager.id,
    });

    await crm.bus.command(undoLast, {}, manager);
    expect(await crm.bus.query(getEnquiry, { enquiryId }, manager)).toMatchObject({ verdict: 'junk' });
    expect((await leadOf(enquiry.leadId!)).stageKind).toBe('lost');
  });

  it('held a duplicate by mistake becomes a lead of its own in one step [M11]', async () => {
    await crm.enquire({ phone: '9845012345' });
    const { enquiryId } = await crm.enquire({ phone: '9845012345' });
    const { enquiry } = await crm.bus.command(overruleVerdict, { enquiryId, verdict: 'new' }, manager);
    expect(enquiry).toMatchObject({ verdict: 'new', leadNumber: 2 });
    expect(await allLeads()).toBe(2);
  });

  it('whose sender names a known mail address later on is told of as perhaps a duplicate, and merged with nobody [M11] [M41]', async () => {
    const asha = await crm.enquire({ name: 'Asha', email: 'asha@example.com' });
    const second = await crm.enquire({ name: 'A. Menon', phone: '9845012345' });
    for (let turn = 0; turn < 2; turn++) {
      await crm.bus.command(updateLead, { leadId: second.leadId!, email: 'asha@example.com' }, asSystem);
      await crm.settle();
    }
    expect(await crm.bus.query(getContact, { contactId: asha.contactId }, asSystem)).toMatchObject({
      email: 'asha@example.com',
    });
    expect(
      (await crm.bus.query(getContact, { contactId: second.contactId }, asSystem)).email,
    ).toBeUndefined();
    const { items } = await crm.bus.query(listNotifications, {}, arjun);
    expect(items.filter(({ rule }) => rule === 'lead-duplicate').map(({ text }) => text)).toEqual([
      'Duplicate enquiry for lead #2: A. Menon, +919845012345. asha@example.com is known of another contact.',
    ]);
  });

  it('that comes in on several channels at the same moment makes one lead [M11] [B2]', async () => {
    const record = (n: number) =>
      crm.bus.command(
        recordEnquiry,
        { phone: '9845012345', note: `message ${n}`, source: 'Website', medium: 'webchat' },
        asSystem,
      );
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(record));
    expect(answers.map(({ verdict }) => verdict).sort()).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
      'duplicate',
      'duplicate',
      'new',
    ]);
    expect(new Set(answers.map(({ leadId }) => leadId)).size).toBe(1);
    expect(await allLeads()).toBe(1);
  });

  it('entered by hand goes through the same check; a colleague’s lead is not shown [M13] [M61]', async () => {
    const made = await crm.bus.command(createLead, { name: 'Ravi', phone: '9845012345' }, priya);
    expect(made).toMatchObject({
      verdict: 'new',
      lead: { number: 1, assigneeId: priya.id, source: 'Manual' },
    });
    const repeated = await crm.bus.command(createLead, { name: 'Ravi', phone: '9845012345' }, arjun);
    expect(repeated.verdict).toBe('duplicate');
    expect(repeated.lead).toBeUndefined();
    expect(JSON.stringify(repeated)).not.toContain('#1');
  });

  it('is seen by whoever has the lead and by managers, not by other tele-callers [M61]', async () => {
    await crm.enquire({ phone: '9845012345' });
    const totals = [];
    for (const person of [priya, arjun, manager])
      totals.push((await crm.bus.query(listEnquiries, {}, person)).total);
    expect(totals).toEqual([1, 0, 1]);
  });

  it('keeps what was said even when the number cannot be read [M10]', async () => {
    const answer = await crm.enquire({ name: 'Ravi', phone: 'call me maybe' });
    expect(answer.verdict).toBe('new');
    expect(await leadOf(answer.leadId!)).toMatchObject({ phone: 'call me maybe' });
  });
});
