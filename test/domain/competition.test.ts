import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  addCompetitor,
  listCompetitors,
  market,
  removeCompetitor,
  updateCompetitor,
} from '../../src/domain/competition/contract.ts';
import { contactTimeline } from '../../src/domain/contacts/contract.ts';
import { assignLead } from '../../src/domain/leads/contract.ts';
import { undoLast } from '../../src/domain/staff/contract.ts';
import { type Person, type Sales, sales } from './sales/harness.ts';

describe('competitors on an enquiry', () => {
  let crm: Sales;
  let meera: Person;
  let priya: Person;
  let arjun: Person;
  beforeEach(async () => {
    crm = await sales();
    meera = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller');
    arjun = await crm.user('Arjun Rao', 'tele-caller');
  });
  afterEach(() => crm.dispose());
  const leadOf = async (owner: Person, phone: string) => {
    const { leadId, contactId } = await crm.enquire({ name: 'Ravi', phone });
    await crm.bus.command(assignLead, { leadId: leadId!, assigneeId: owner.id }, meera);
    return { leadId: leadId!, contactId };
  };
  const list = async (leadId: string, as: Person) =>
    (await crm.bus.query(listCompetitors, { leadId }, as)).items;

  it('stand with rates, product-wise rank and market information, the client’s first choice first; changed, removed, undone [M21] [M67]', async () => {
    const { leadId, contactId } = await leadOf(priya, '9845012345');
    const zoho = {
      competitor: 'Zoho',
      product: 'RSoft CRM',
      rates: '₹ 800 a user',
      rank: 2,
      note: 'Free year',
    };
    const { offer } = await crm.bus.command(addCompetitor, { leadId, ...zoho }, priya);
    await crm.bus.command(addCompetitor, { leadId, competitor: 'Freshsales', rank: 1 }, priya);
    expect((await list(leadId, priya)).map(({ competitor }) => competitor)).toEqual(['Freshsales', 'Zoho']);
    await crm.bus.command(updateCompetitor, { id: offer.id, rank: 1, note: null }, priya);
    expect((await list(leadId, meera)).find(({ id }) => id === offer.id)).toEqual({
      id: offer.id,
      leadId,
      ...{ competitor: 'Zoho', product: 'RSoft CRM', rates: '₹ 800 a user', rank: 1 },
      by: 'Priya Shah',
      at: '2026-03-11T05:00:00.000Z',
    });
    await crm.bus.command(undoLast, {}, priya);
    expect((await list(leadId, priya)).find(({ id }) => id === offer.id)).toMatchObject(zoho);
    const titles = async () =>
      (await crm.bus.query(contactTimeline, { contactId }, meera)).items.map(({ title }) => title);
    expect(await titles()).toContain(
      'Competitor: Zoho for RSoft CRM, ₹ 800 a user, the client’s choice no. 2',
    );
    await crm.bus.command(removeCompetitor, { id: offer.id }, priya);
    expect((await titles()).join()).not.toMatch(/Zoho/);
    await crm.bus.command(undoLast, {}, priya);
    expect((await list(leadId, priya)).map(({ competitor }) => competitor)).toEqual(['Freshsales', 'Zoho']);
  });

  it('are seen and changed only with their lead, also where they are added up over all leads [M21] [M61]', async () => {
    const own = await leadOf(priya, '9845012345');
    const other = await leadOf(arjun, '9845012346');
    await crm.bus.command(addCompetitor, { leadId: own.leadId, competitor: 'Zoho', rank: 1 }, priya);
    const said = { leadId: other.leadId, competitor: 'ZOHO', rates: '₹ 700', rank: 2 };
    const { offer } = await crm.bus.command(addCompetitor, said, arjun);
    for (const attempt of [
      list(other.leadId, priya),
      crm.bus.command(addCompetitor, said, priya),
      crm.bus.command(updateCompetitor, { id: offer.id, rank: 9 }, priya),
      crm.bus.command(removeCompetitor, { id: offer.id }, priya),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'record.not_found' });
    const counts = async (as: Person) => (await crm.bus.query(market, {}, as)).items;
    expect(await counts(priya)).toMatchObject([{ competitor: 'Zoho', leads: 1, rank: 1, rates: [] }]);
    expect(await counts(meera)).toMatchObject([
      { leads: 2, open: 2, won: 0, lost: 0, rank: 1.5, rates: [{ rates: '₹ 700', leadNumber: 2 }] },
    ]);
  });
});
