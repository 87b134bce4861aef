import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditModel } from '../../../src/core/audit.ts';
import type { Pipeline } from '../../../src/core/config-pipelines.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import { getLead, listLeads, moveLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { LeadModel } from '../../../src/domain/leads/model.ts';
import {
  listPipelines,
  revertPipeline,
  savePipeline,
  usePipeline,
} from '../../../src/domain/pipelines/contract.ts';
import { choices } from '../../../src/domain/settings/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('a pipeline', () => {
  let crm: Sales;
  let ada: Person;
  let asha: Person;
  beforeEach(async () => {
    crm = await sales();
    ada = await crm.user('Ada', 'administrator');
    asha = await crm.user('Asha', 'tele-caller');
  });
  afterEach(() => crm.dispose());

  let phones = 9845000000;
  const lead = async () => (await crm.enquire({ phone: String(++phones) })).leadId!;
  const stage = async (leadId: string) => (await crm.bus.query(getLead, { leadId }, asSystem)).stageLabel;
  const move = (leadId: string, to: string, more: object = {}) =>
    crm.bus.command(moveLead, { leadId, stage: to, ...more }, asha);
  const current = async () => (await crm.bus.query(listPipelines, {}, ada)).items[0]!;
  const save = (pipeline: Pipeline, more: object = {}) =>
    crm.bus.command(savePipeline, { pipeline, ...more }, ada);
  /** Without the stage, as the editor leaves it. */
  const without = (pipeline: Pipeline, key: string): Pipeline => ({
    ...pipeline,
    stages: pipeline.stages
      .filter((one) => one.key !== key)
      .map((one) => ({ ...one, to: one.to.filter((to) => to !== key) })),
    on: Object.fromEntries(
      Object.entries(pipeline.on)
        .filter(([, rule]) => rule!.to !== key)
        .map(([moment, rule]) => [moment, { ...rule!, from: rule!.from.filter((from) => from !== key) }]),
    ),
  });

  it('gets a stage that everybody can use at once, by its name [M15]', async () => {
    const id = await lead();
    const { pipeline, version } = await current();
    expect([pipeline.label, version]).toEqual(['RSoft', 0]);
    await save({
      ...pipeline,
      stages: [
        ...pipeline.stages.map((one) =>
          one.key === 'not-attempted' ? { ...one, to: [...one.to, 'trial'] } : one,
        ),
        { key: 'trial', label: 'ON TRIAL', to: ['won', 'lost'], kind: 'open' },
      ],
    });
    await move(id, 'on trial');
    expect(await stage(id)).toBe('ON TRIAL');
    await expect(move(id, 'follow-up')).rejects.toMatchObject({
      code: 'lead.move_not_allowed',
      message: 'A lead cannot go from ON TRIAL to FOLLOW-UP. Allowed: CLOSE TO WON, CLOSE TO LOOSE.',
    });
    const offered = await crm.bus.query(choices, {}, asha);
    expect(offered.stages.map(({ label }) => label)).toContain('ON TRIAL');
  });

  it('loses a stage only when it is said where its leads go; then they go there, each with a word [M15] [M67]', async () => {
    const leads = [await lead(), await lead(), await lead()];
    for (const id of leads.slice(0, 2)) await move(id, 'follow-up');
    const { pipeline } = await current();
    const next = without(pipeline, 'follow-up');
    await expect(save(next)).rejects.toMatchObject({
      code: 'input.invalid',
      details: {
        fields: [{ path: 'moves.follow-up', message: 'FOLLOW-UP has 2 leads: say where they go' }],
      },
    });
    await expect(save(next, { moves: { 'follow-up': 'won' } })).rejects.toMatchObject({
      details: {
        fields: [{ path: 'moves.follow-up', message: 'FOLLOW-UP is an open stage: choose one of these' }],
      },
    });
    expect((await current()).version).toBe(0);

    await save(next, { moves: { 'follow-up': 'demo-confirmed' } });
    await crm.settle();
    expect(await Promise.all(leads.map(stage))).toEqual([
      'DEMO CONFIRMED',
      'DEMO CONFIRMED',
      'NOT ATTEMPTED',
    ]);
    const { contactId } = await crm.bus.query(getLead, { leadId: leads[0]! }, asSystem);
    const { items } = await crm.bus.query(contactTimeline, { contactId }, asha);
    expect(items.find(({ title }) => title === 'FOLLOW-UP → DEMO CONFIRMED')).toMatchObject({
      text: 'FOLLOW-UP has ended; Ada sends its leads to DEMO CONFIRMED',
    });
    const kept = await AuditModel.find({ 'changes.id': leads[0]!, command: 'pipeline.moveOn' }).lean();
    expect(kept[0]!.changes.map(({ before, after }) => [before, after])).toContainEqual([
      { stage: 'follow-up' },
      { stage: 'demo-confirmed' },
    ]);
    const { moving } = await crm.bus.query(listPipelines, {}, ada);
    expect(moving).toMatchObject([
      { from: 'FOLLOW-UP', to: 'DEMO CONFIRMED', total: 2, moved: 2, by: 'Ada', done: true },
    ]);
  });

  it('moves more leads than fit a transaction, and one that came late from elsewhere [M15]', async () => {
    const first = await lead();
    const like = (await LeadModel.findById(first).lean())!;
    const many = Array.from({ length: 349 }, (_, at) => ({ ...like, _id: `many${at}`, number: 1000 + at }));
    await LeadModel.insertMany(many);
    const { pipeline } = await current();
    await save(
      { ...without(pipeline, 'not-attempted'), initial: 'follow-up' },
      { moves: { 'not-attempted': 'follow-up' } },
    );
    await crm.until('2026-03-11T05:00:30Z');
    expect(await LeadModel.countDocuments({ stage: 'follow-up' })).toBe(350);
    // Another process had not heard of the change yet.
    await LeadModel.insertMany([{ ...like, _id: 'late', number: 9999 }]);
    await crm.until('2026-03-11T05:10:00Z');
    expect(await LeadModel.countDocuments({ stage: 'not-attempted' })).toBe(0);
    expect((await crm.bus.query(listPipelines, {}, ada)).moving).toMatchObject([
      { total: 350, moved: 351, done: true },
    ]);
  });

  it('that loses the stage to which leads are going sends them further [M15]', async () => {
    const id = await lead();
    const { pipeline } = await current();
    const shorter = { ...without(pipeline, 'not-attempted'), initial: 'follow-up' };
    await save(shorter, { moves: { 'not-attempted': 'demo-confirmed' } });
    await save(without(shorter, 'demo-confirmed'), { moves: { 'demo-confirmed': 'proposal-sent' } });
    await crm.settle();
    expect(await stage(id)).toBe('PROPOSAL SENT');
  });

  it('that two change at once tells the second, and nothing is lost [M15]', async () => {
    const { pipeline, version } = await current();
    const renamed = (label: string): Pipeline => ({
      ...pipeline,
      stages: pipeline.stages.map((one) => (one.key === 'proposal-sent' ? { ...one, label } : one)),
    });
    await save(renamed('QUOTED'), { expected: version });
    await expect(save(renamed('OFFERED'), { expected: version })).rejects.toMatchObject({
      code: 'record.conflict',
      details: { by: 'Ada', version: 1 },
    });
    expect((await current()).pipeline.stages.map(({ label }) => label)).toContain('QUOTED');
    await crm.bus.command(undoLast, {}, ada);
    expect((await current()).pipeline.stages.map(({ label }) => label)).toContain('PROPOSAL SENT');
    await crm.bus.command(revertPipeline, { name: 'rsoft', version: 1 }, ada);
    expect((await current()).pipeline.stages.map(({ label }) => label)).toContain('QUOTED');
  });

  it('keeps leads out of a stage until what it needs is known [M14]', async () => {
    const id = await lead();
    const { pipeline } = await current();
    await save({
      ...pipeline,
      stages: pipeline.stages.map((one) =>
        one.kind === 'won' || one.key === 'follow-up' ? { ...one, needs: ['budget', 'value'] } : one,
      ),
    });
    await expect(move(id, 'follow-up')).rejects.toMatchObject({
      code: 'lead.fields_needed',
      message: 'Before FOLLOW-UP this has to be known of the lead: budget, what the deal is worth.',
    });
    await crm.bus.command(updateLead, { leadId: id, budget: '5 lakh' }, asha);
    await move(id, 'follow-up', { value: '1.5 lakh' });
    expect(await stage(id)).toBe('FOLLOW-UP');

    // Or at one go, and taken back at one go.
    const other = await lead();
    await move(other, 'follow-up', { value: '1 lakh', fields: { budget: '2 lakh' } });
    expect(await crm.bus.query(getLead, { leadId: other }, asha)).toMatchObject({
      stageLabel: 'FOLLOW-UP',
      budget: '2 lakh',
    });
    await crm.bus.command(undoLast, {}, asha);
    const back = await crm.bus.query(getLead, { leadId: other }, asha);
    expect([back.stageLabel, back.budget]).toEqual(['NOT ATTEMPTED', undefined]);
  });

  it('keeps the name of a reason that is not offered any more [M14]', async () => {
    const id = await lead();
    await move(id, 'lost', { lostReason: 'price' });
    const { pipeline } = await current();
    await save({ ...pipeline, lostReasons: pipeline.lostReasons.filter(({ key }) => key !== 'price') });
    const after = await crm.bus.query(getLead, { leadId: id }, asSystem);
    expect(after.lostReasonLabel).toBe('Price too high');
    const other = await lead();
    await expect(move(other, 'lost', { lostReason: 'price' })).rejects.toMatchObject({
      code: 'lead.reason_required',
    });
    const offered = await crm.bus.query(choices, {}, asha);
    expect(offered.lostReasons.map(({ key }) => key)).not.toContain('price');
  });

  it('gives way to another one: an organisation picks Raalink, and its leads go along [M15]', async () => {
    const [fresh, lost] = [await lead(), await lead()];
    await move(lost, 'lost', { lostReason: 'price' });
    const use = (moves: object) =>
      crm.bus.command(usePipeline, { name: 'raalink', moves: moves as never }, ada);
    await expect(use({ 'not-attempted': 'new' })).rejects.toMatchObject({
      details: { fields: [{ path: 'moves.lost' }] },
    });
    await use({ 'not-attempted': 'new', lost: 'dead' });
    await crm.settle();
    expect([await stage(fresh), await stage(lost)]).toEqual(['NEW', 'DEAD']);
    const { items } = await crm.bus.query(listLeads, { view: 'lost' }, asha);
    expect(items.map(({ id }) => id)).toEqual([lost]);
    await move(fresh, 'in process');
    expect(await stage(fresh)).toBe('IN PROCESS');
  });

  it('is refused with the place when leads could not be worked in it [M15]', async () => {
    const { pipeline } = await current();
    const faulty = { ...pipeline, stages: pipeline.stages.filter(({ kind }) => kind !== 'lost') };
    await expect(save(faulty)).rejects.toMatchObject({ code: 'input.invalid' });
    const twice = { ...pipeline, stages: [...pipeline.stages, pipeline.stages[0]!] };
    await expect(save(twice)).rejects.toMatchObject({
      message: expect.stringContaining('not-attempted is there twice'),
    });
    const closed = { ...pipeline, initial: 'won' };
    await expect(save(closed)).rejects.toMatchObject({
      message: expect.stringContaining('CLOSE TO WON is no open stage'),
    });
    await expect(crm.bus.command(savePipeline, { pipeline }, asha)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });
});
