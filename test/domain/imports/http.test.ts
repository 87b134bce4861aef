import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import excel from 'exceljs';
import { AuditModel } from '../../../src/core/audit.ts';
import { createLead, exportLeads, moveLead } from '../../../src/domain/leads/contract.ts';
import { updateUser } from '../../../src/domain/staff/contract.ts';
import { asSystem } from '../../support/app.ts';
import { importOffice, type Office } from './office.ts';

const password = 'a good long sentence';

describe('files over HTTP', () => {
  let office: Office;
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    office = await importOffice();
    for (const [name, role] of [
      ['Divya', 'manager'],
      ['Kiran', 'tele-caller'],
    ] as const) {
      await office.app.user(name, role, { password });
      const payload = { email: `${name.toLowerCase()}@example.com`, password };
      const answer = await office.app.server.inject({ method: 'POST', url: '/api/auth/login', payload });
      tokens[name] = answer.json().token;
    }
  });
  afterAll(() => office.app.dispose());

  const as = (name: string) => ({ authorization: `Bearer ${tokens[name]}` });
  const upload = (payload: string | Buffer, headers: Record<string, string> = as('Divya')) =>
    office.app.server.inject({
      method: 'POST',
      url: '/api/imports?filename=..%2Ffair%202026.csv',
      headers: { 'content-type': 'text/csv', ...headers },
      payload,
    });
  const run = (name: string, payload: object, who = 'Divya') =>
    office.app.server.inject({ method: 'POST', url: `/api/commands/${name}`, headers: as(who), payload });
  const get = (url: string, who = 'Divya') =>
    office.app.server.inject({ method: 'GET', url, headers: as(who) });

  it('takes a file from whoever is signed in and may add leads, of any type [M13]', async () => {
    expect((await upload('Name,Phone\n', {})).statusCode).toBe(401);
    const empty = await upload('');
    expect([empty.statusCode, empty.json().error]).toMatchObject([
      400,
      { code: 'import.unreadable', message: 'The file is empty. Choose another file.' },
    ]);
    const taken = await upload('Name,Phone\nAsha,98400 20001\n', as('Kiran'));
    expect(taken.statusCode).toBe(201);
    const { importId } = taken.json();
    expect((await get(`/api/imports/${importId}`, 'Kiran')).json()).toMatchObject({
      filename: 'fair 2026.csv',
      status: 'ready',
    });
  });

  it('refuses more than 50 MB without holding it', async () => {
    const answer = await upload(Buffer.alloc(51 * 1024 * 1024, 'a'));
    expect([answer.statusCode, answer.json().error.message]).toEqual([
      413,
      'Too large: at most 50 MB are accepted.',
    ]);
  });

  it('gives back the rows that were kept aside with the reason, safe to open in a spreadsheet', async () => {
    const taken = await upload('Name,Phone\n"=HYPERLINK(""http://evil.example"")",12\nGood,98400 20002\n');
    const { importId } = taken.json();
    const { plan } = (await get(`/api/imports/${importId}`)).json();
    await run('import.start', { importId, plan });
    await office.app.idle();
    const file = await get(`/api/imports/${importId}/errors.csv`);
    expect(file.headers['content-disposition']).toContain('filename="fair 2026 - not imported.csv"');
    expect(file.body).toBe(
      '\ufeffName,Phone,Row,What is wrong\r\n"\'=HYPERLINK(""http://evil.example"")",12,2,Phone: “12” is not a telephone number.\r\n',
    );
    expect((await get(`/api/imports/${importId}/errors.csv`, 'Kiran')).statusCode).toBe(404);
  });

  describe('leads taken along', () => {
    let exportId: string;
    beforeAll(async () => {
      const add = (name: string, phone: string, source = 'Referral') =>
        office.app.bus.command(createLead, { name, phone, source }, asSystem);
      await add('=cmd|calc', '98400 20003');
      const { lead } = await add('Zoë <b> & Söhne', '98400 20004', 'Newspaper');
      const lost = { leadId: lead!.id, stage: 'lost', lostReason: 'price' };
      await office.app.bus.command(moveLead, lost, asSystem);
      await office.app.idle();
    });

    it('as CSV, by filter, in the organisation’s time, audited [M92]', async () => {
      const made = await run('lead.export', { format: 'csv', source: 'Referral' });
      expect(made.json()).toMatchObject({ total: 1 });
      exportId = made.json().exportId;
      const file = await get(made.json().path);
      expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
      const [head, row, ...rest] = file.body.split('\r\n');
      expect(head).toBe(
        '\ufeffNumber,Name,Phone,E-mail,City,Looking for,Quantity,Budget,Value,Currency,Source,Medium,Campaign,Stage,Lost reason,Assigned to,Verdict,Hot,Came in,Last activity,Follow-up,Demo,Last call,Industry,Segment,Size',
      );
      expect(row).toMatch(
        /^2,'=cmd\|calc,\+919840020003,,,,,,,,Referral,manual,,NOT ATTEMPTED,,[^,]+,New,no,2026-03-11 10:30,2026-03-11 10:30,,,,,,$/,
      );
      expect(rest).toEqual(['']);
      const noted = await AuditModel.findOne({ command: 'lead.export' }).lean();
      expect(noted!.changes[0]!.text).toBe('exported 1 leads as CSV (source Referral)');
    });

    it('as a workbook that a spreadsheet opens', async () => {
      const made = await run('lead.export', { format: 'xlsx', view: 'lost' });
      const file = await get(made.json().path);
      const book = new excel.Workbook();
      await book.xlsx.load(file.rawPayload as never);
      const page = book.getWorksheet('Leads')!;
      expect(page.getRow(1).getCell(2).value).toBe('Name');
      expect(page.getRow(2).getCell(1).value).toBe(3);
      expect(page.getRow(2).getCell(2).value).toBe('Zoë <b> & Söhne');
      expect(page.getRow(2).getCell(3).value).toBe('+919840020004');
      expect(page.getRow(2).getCell(15).value).toBe('Price too high');
      expect(page.rowCount).toBe(2);
    });

    it('comes back by import as what it was', async () => {
      const made = await run('lead.export', { format: 'xlsx' });
      const file = await get(made.json().path);
      const taken = await upload(file.rawPayload);
      const { plan } = (await get(`/api/imports/${taken.json().importId}`)).json();
      expect(plan.headerRow).toBe(0);
      const preview = await office.app.server.inject({
        method: 'POST',
        url: '/api/queries/import.preview',
        headers: as('Divya'),
        payload: { importId: taken.json().importId, plan },
      });
      expect(preview.json().rows.map((row: { verdict: string }) => row.verdict)).not.toContain('new');
    });

    it('only by whom the role lets, by nobody else, and no longer than the role lets them', async () => {
      expect((await run('lead.export', { format: 'csv' }, 'Kiran')).statusCode).toBe(403);
      expect((await get(`/api/exports/${exportId}`, 'Kiran')).statusCode).toBe(403);
      const mine = { actor: office.manager.actor, surface: 'api' as const };
      const theirs = await office.app.bus.command(exportLeads, {}, mine);
      expect((await get(theirs.path)).statusCode).toBe(404);
      office.app.clock.advance(3_601_000);
      expect((await get(`/api/exports/${exportId}`)).statusCode).toBe(404);
      const again = (await run('lead.export', {})).json();
      const { items } = (await get('/api/users?search=divya')).json();
      await office.app.bus.command(updateUser, { id: items[0].id, role: 'tele-caller' }, asSystem);
      expect((await get(again.path)).statusCode).toBe(403);
    });
  });
});
