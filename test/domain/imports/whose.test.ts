import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditModel } from '../../../src/core/audit.ts';
import {
  getImport,
  listImports,
  startImport,
  stopImport,
  undoImport,
} from '../../../src/domain/imports/contract.ts';
import { updateUser } from '../../../src/domain/staff/contract.ts';
import { asSystem } from '../../support/app.ts';
import { importOffice, type Office } from './office.ts';

describe('whose an import is', () => {
  let office: Office;
  beforeAll(async () => {
    office = await importOffice();
  });
  afterAll(() => office.app.dispose());
  const one = (n: number) => `Name,Phone\nClient ${n},98400 1000${n}\n`;

  it('a tele-caller’s leads are theirs, and their imports nobody else’s but the manager’s [M61]', async () => {
    const done = await office.bring(one(1), {}, office.priya);
    expect((await office.leads(office.priya)).map(({ name }) => name)).toEqual(['Client 1']);
    expect(await office.leads(office.arjun)).toEqual([]);
    const list = async (who: Office['priya']) =>
      (await office.app.bus.query(listImports, {}, who)).items.map(({ id, mine }) => [id, mine]);
    expect(await list(office.priya)).toEqual([[done.id, true]]);
    expect(await list(office.manager)).toEqual([[done.id, false]]);
    expect(await list(office.arjun)).toEqual([]);
    for (const operation of [getImport, undoImport])
      await expect(
        office.app.bus.execute(operation.name, { importId: done.id }, office.arjun),
      ).rejects.toMatchObject({ code: 'record.not_found' });
  });

  it('a tele-caller gives to nobody else, not by choice and not by a column [M61]', async () => {
    const importId = await office.upload('Name,Phone,Owner\nClient 2,98400 10002,Arjun Rao\n', office.priya);
    const { plan, assignees } = await office.look(importId, office.priya);
    expect(assignees.map(({ name }) => name)).toEqual(['Priya Shah']);
    for (const assignTo of [office.arjun.id, 'rules'])
      await expect(
        office.app.bus.command(startImport, { importId, plan: { ...plan, assignTo } }, office.priya),
      ).rejects.toMatchObject({ code: 'user.cannot_assign_to' });
    await office.app.bus.command(startImport, { importId, plan }, office.priya);
    await office.app.idle();
    expect(await office.look(importId, office.priya)).toMatchObject({ counts: { bad: 1, opened: 0 } });
  });

  it('a manager’s file may say whose each lead is, by name or e-mail', async () => {
    await office.bring(
      'Name,Phone,Owner\nClient 3,98400 10003,arjun rao\nClient 4,98400 10004,PRIYA.SHAH@example.com\n',
    );
    const owners = (await office.leads()).map(({ name, assigneeName }) => [name, assigneeName]);
    expect(owners).toContainEqual(['Client 3', 'Arjun Rao']);
    expect(owners).toContainEqual(['Client 4', 'Priya Shah']);
  });

  it('the preview of a tele-caller tells nothing of a colleague’s client but that there is one', async () => {
    const importId = await office.upload('Name,Phone\nWhoever,98400 10003\n', office.priya);
    const { rows } = await office.preview(importId, {}, office.priya);
    expect(rows[0]).toMatchObject({ verdict: 'duplicate', action: 'added' });
    expect(rows[0]!.evidence).toEqual([
      { rule: 'colleague', score: 1, text: 'It repeats a record of a colleague.' },
    ]);
  });

  it('does not fill in a colleague’s lead: there the enquiry is added', async () => {
    const done = await office.bring(
      'Name,Phone,City\nWhoever,98400 10003,Goa\n',
      { known: 'fill' },
      office.priya,
    );
    expect(done.counts).toMatchObject({ filled: 0, added: 1 });
    const [theirs] = (await office.leads()).filter(({ name }) => name === 'Client 3');
    expect(theirs!.city).toBeUndefined();
  });

  it('ends when whoever brought it may not add leads any more [M61]', async () => {
    const importId = await office.upload(one(5), office.arjun);
    const { plan } = await office.look(importId, office.arjun);
    await office.app.bus.unitOfWork(asSystem, async (ctx) => {
      // Begun and dismissed in one transaction: no page is worked on in between.
      await ctx.as(office.arjun.actor).run(startImport, { importId, plan });
      await ctx.run(updateUser, { id: office.arjun.id, active: false });
    });
    await office.app.idle();
    expect(await office.look(importId)).toMatchObject({
      status: 'failed',
      done: 0,
      problem: 'Arjun Rao may not add leads any more.',
    });
  });

  it('stands in the audit with its author [M67]', async () => {
    const entries = await AuditModel.find({ command: 'import.start' }).sort({ _id: 1 }).lean();
    expect(entries[0]).toMatchObject({ actorName: 'Priya Shah', surface: 'api' });
    expect(entries[0]!.changes[0]!.text).toBe('imported list.csv');
  });

  it('is stopped between two pages and goes on where it was', async () => {
    const lines = Array.from({ length: 600 }, (_, n) => `Many ${n},+9197${String(n).padStart(8, '0')}`);
    const importId = await office.upload(`Name,Phone\n${lines.join('\n')}\n`);
    const { plan } = await office.look(importId);
    await office.app.bus.unitOfWork(asSystem, async (ctx) => {
      await ctx.as(office.manager.actor).run(startImport, { importId, plan });
      await ctx.as(office.manager.actor).run(stopImport, { importId });
    });
    await office.app.idle();
    expect(await office.look(importId)).toMatchObject({ status: 'stopped', done: 0 });
    await office.app.bus.execute('import.resume', { importId }, office.manager);
    await office.app.idle();
    expect(await office.look(importId)).toMatchObject({
      status: 'done',
      done: 600,
      counts: { opened: 600 },
    });
  });
});
