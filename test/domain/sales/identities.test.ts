import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TimerModel } from '../../../src/core/timers.ts';
import { getContact } from '../../../src/domain/contacts/contract.ts';
import { listDuplicates } from '../../../src/domain/contacts/contract-duplicates.ts';
import { ContactModel } from '../../../src/domain/contacts/model.ts';
import { planRekeying } from '../../../src/domain/contacts/rekey.ts';
import { getConversation } from '../../../src/domain/conversations/contract.ts';
import { getLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { asSystem, type Sales, sales } from './harness.ts';

describe('the sender of an enquiry', () => {
  let crm: Sales;
  beforeEach(async () => {
    crm = await sales();
    await crm.user('Meera Iyer', 'manager');
    await crm.user('Priya Shah', 'tele-caller');
    await crm.user('Arjun Rao', 'tele-caller');
  });
  afterEach(() => crm.dispose());
  const leadOf = (leadId: string, as = asSystem) => crm.bus.query(getLead, { leadId }, as);

  it('in web chat that names a known number joins that contact’s lead, and gives the browser nothing of it [M2]', async () => {
    const known = await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345' });
    const conversationId = await crm.conversation('visitor-1', [{ scheme: 'visitor', value: 'v1' }], {
      channel: 'webchat',
    });
    const answer = await crm.enquire({ conversationId, phone: '9845012345', email: 'thief@example.com' });
    expect(answer).toMatchObject({ verdict: 'duplicate', leadId: known.leadId, contactId: known.contactId });
    const contact = await crm.bus.query(getContact, { contactId: known.contactId }, asSystem);
    expect(contact.identities).toEqual([{ scheme: 'phone', value: '+919845012345' }]);
    expect(await crm.bus.query(getConversation, { conversationId }, asSystem)).toMatchObject({
      contactId: known.contactId,
      assigneeId: (await leadOf(known.leadId!)).assigneeId,
    });
  });

  it('links the channels of one person: WhatsApp, then the mail address told there, then mail [M2]', async () => {
    const whatsapp = await crm.conversation('919845012345', [{ scheme: 'phone', value: '+919845012345' }]);
    const first = await crm.enquire({ conversationId: whatsapp, name: 'Ravi', email: 'ravi@example.com' });
    const mail = await crm.conversation('thread-1', [{ scheme: 'email', value: 'ravi@example.com' }], {
      channel: 'email',
    });
    const second = await crm.enquire({ conversationId: mail });
    expect(second).toMatchObject({ verdict: 'duplicate', contactId: first.contactId });
    expect(second.evidence[0]).toMatchObject({ rule: 'same-email', score: 1 });
  });

  it('never merges two people by guess: an address of another stays with them [M2]', async () => {
    const ravi = await crm.enquire({ name: 'Ravi', phone: '9845012345' });
    const asha = await crm.enquire({ name: 'Asha', email: 'asha@example.com' });
    const both = await crm.enquire({ phone: '9845012345', email: 'asha@example.com' });
    expect(both.contactId).toBe(ravi.contactId);
    expect(both.evidence).toContainEqual(
      expect.objectContaining({
        rule: 'other-email',
        text: 'The e-mail asha@example.com belongs to another contact; nothing was merged.',
      }),
    );
    expect(await crm.bus.query(getContact, { contactId: asha.contactId }, asSystem)).toMatchObject({
      email: 'asha@example.com',
    });
  });

  it('of a WhatsApp user who names another number keeps the one that messages come from [M2]', async () => {
    const conversationId = await crm.conversation('919812345678', [
      { scheme: 'phone', value: '+919812345678' },
    ]);
    const first = await crm.enquire({ conversationId, name: 'Ravi' });
    const { lead } = await crm.bus.command(
      updateLead,
      { leadId: first.leadId!, phone: '98450 12345' },
      asSystem,
    );
    expect(lead.phone).toBe('+919845012345');
    const contact = await crm.bus.query(getContact, { contactId: first.contactId }, asSystem);
    expect(contact.identities.map(({ value }) => value)).toEqual(['+919812345678', '+919845012345']);
    const again = await crm.conversation('919812345678-2', [{ scheme: 'phone', value: '+919812345678' }]);
    expect(await crm.enquire({ conversationId: again })).toMatchObject({
      verdict: 'duplicate',
      leadId: first.leadId,
    });
  });

  it('is recognised though an older version stored the number or mailbox in another spelling [M11]', async () => {
    const stored = async (name: string, scheme: 'phone' | 'email', value: string) => {
      const { contactId } = await crm.enquire({ name, [scheme]: value });
      return contactId;
    };
    const brazil = await stored('Ana', 'phone', '+5511987654321');
    const mexico = await stored('Luz', 'phone', '+525512345678');
    const plus = await stored('Eva', 'email', 'eva@example.com');
    // As they stood before: each key was the address as it was told.
    const old = { [brazil]: 'phone::+551187654321', [mexico]: 'phone::+5215512345678' };
    for (const [_id, key] of Object.entries({ ...old, [plus]: 'email::eva+crm@example.com' })) {
      const [scheme, , value] = key.split(':');
      await ContactModel.updateOne({ _id }, { $set: { keys: [key], identities: [{ scheme, value }] } });
    }
    const twin = await stored('Ana Lima', 'phone', '+5511987654321');
    expect(twin).not.toBe(brazil);
    await crm.bus.unitOfWork(asSystem, planRekeying);
    crm.clock.advance(1000);
    await crm.settle();
    expect((await crm.enquire({ phone: '+5215512345678' })).contactId).toBe(mexico);
    expect((await crm.enquire({ email: 'eva@example.com' })).contactId).toBe(plus);
    // Two by now: one keeps the address, and people are asked whether they are one.
    const pair = (await crm.bus.query(listDuplicates, {}, asSystem)).items[0];
    expect([pair?.a.contactId, pair?.b.contactId].sort()).toEqual([brazil, twin].sort());
    await crm.bus.unitOfWork(asSystem, planRekeying);
    expect(await TimerModel.exists({ _id: /^contacts:rekey/ })).toBeNull();
  });
});
