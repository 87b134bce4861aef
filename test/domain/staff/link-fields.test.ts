import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { saveAssignment, tryAssignment } from '../../../src/domain/assignment/contract.ts';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { createLead, getLead, listLeads, updateLead } from '../../../src/domain/leads/contract.ts';
import { saveRole } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('industry, segment and size of an enquiry', () => {
  let crm: Sales;
  let ada: Person;
  let asha: Person;
  let weaver: Person;
  beforeAll(async () => {
    crm = await sales();
    ada = await crm.user('Ada', 'administrator');
    asha = await crm.user('Asha', 'tele-caller');
    const role = {
      key: 'textiles',
      label: 'Textiles desk',
      assignsTo: [],
      only: { industry: ['Textiles'] },
      grants: { Lead: { read: 'all', update: 'all' }, Enquiry: { read: 'all' } },
    } as const;
    await crm.bus.command(saveRole, role as never, asSystem);
    weaver = await crm.again(await crm.user('Wanda', 'textiles'));
  });
  afterAll(() => crm.dispose());

  let phones = 9845000000;
  const add = async (more: object) => {
    const input = { name: 'Somebody', phone: String(++phones), ...more };
    return (await crm.bus.command(createLead, input as never, ada)).lead!;
  };

  it('go from the enquiry to the lead, are changed and taken away [M20]', async () => {
    const lead = await add({ industry: 'Foundry', segment: 'Exporter', size: '50 people' });
    expect(lead).toMatchObject({ industry: 'Foundry', segment: 'Exporter', size: '50 people' });
    const { items } = await crm.bus.query(listEnquiries, { leadId: lead.id }, ada);
    expect(items[0]).toMatchObject({ industry: 'Foundry', segment: 'Exporter', size: '50 people' });
    const change = { leadId: lead.id, industry: 'Forge', size: null };
    const { lead: changed } = await crm.bus.command(updateLead, change, ada);
    expect([changed.industry, changed.segment, changed.size]).toEqual(['Forge', 'Exporter', undefined]);
  });

  it('are what a role can be narrowed to, and an enquiry be given by [M63] [M19]', async () => {
    await crm.bus.command(
      saveAssignment,
      {
        rules: [
          { label: 'Mills', when: { industry: ['textiles'], size: ['Mill'] }, to: { users: [weaver.id] } },
        ],
      },
      ada,
    );
    const mill = await add({ industry: 'Textiles', size: 'Mill' });
    const shop = await add({ industry: 'Textiles', size: 'Shop' });
    const forge = await add({ industry: 'Forge' });
    expect([mill.assigneeId, shop.assigneeId, forge.assigneeId]).toEqual([weaver.id, asha.id, asha.id]);
    const { steps } = await crm.bus.query(tryAssignment, { industry: 'Textiles', size: 'Shop' }, ada);
    expect(steps[0]!.why).toBe('Does not fit: size is Shop, not Mill.');

    const { items, total } = await crm.bus.query(listLeads, {}, weaver);
    expect([total, items.map(({ id }) => id).sort()]).toEqual([2, [mill.id, shop.id].sort()]);
    await expect(crm.bus.query(getLead, { leadId: forge.id }, weaver)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await crm.bus.command(updateLead, { leadId: shop.id, industry: 'Retail' }, ada);
    expect((await crm.bus.query(listLeads, {}, weaver)).total).toBe(1);
  });
});
