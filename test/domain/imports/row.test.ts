import { describe, expect, it } from '@jest/globals';
import { columnNames, headerRowOf, suggestMapping } from '../../../src/domain/imports/columns.ts';
import { importPlan } from '../../../src/domain/imports/contract.ts';
import { readRow } from '../../../src/domain/imports/row.ts';

describe('the header of a file', () => {
  it('is found below a title, and proposed as what its names say [M13]', () => {
    const rows = [
      ['Exhibition 2026'],
      [
        'Sl.No',
        'Customer Name',
        'Company Name',
        'Mobile No.',
        'E-mail ID',
        'Town',
        'Requirement',
        'Remarks',
        'Lead Source',
        'Tele caller',
      ],
      [
        '1',
        'Asha Rao',
        'Rao Ltd',
        '98450 12345',
        'asha@example.com',
        'Chennai',
        'CRM',
        'call',
        'Stall',
        'Priya',
      ],
    ];
    expect(headerRowOf(rows)).toBe(1);
    expect(suggestMapping(rows[1]!, rows.slice(2), 10)).toEqual([
      null,
      'name',
      'company',
      'phone',
      'email',
      'city',
      'product',
      'note',
      'source',
      'assignee',
    ]);
  });

  it('that there is none is seen: then the columns are known by what stands in them', () => {
    const rows = [
      ['7', 'Asha Rao', '98450 12345', 'asha@example.com'],
      ['8', 'Ravi Kumar', '+91 98450 54321', ''],
    ];
    expect(headerRowOf(rows)).toBe(-1);
    expect(suggestMapping([], rows, 4)).toEqual([null, 'name', 'phone', 'email']);
  });

  it('names each column once, however often a name stands there', () => {
    expect(columnNames(['Phone', 'Phone', '', 'Phone'], 5)).toEqual([
      'Phone',
      'Phone (2)',
      'Column 3',
      'Phone (3)',
      'Column 5',
    ]);
    expect(suggestMapping(['Phone', 'Phone', 'Mobile'], [], 3)).toEqual(['phone', null, null]);
  });
});

describe('a row', () => {
  const read = (cells: string[], change: object = {}) => {
    const plan = importPlan.parse({
      headerRow: 0,
      mapping: ['name', 'phone', 'email', 'note', 'assignee', null],
      ...change,
    });
    return readRow(
      { line: 2, cells },
      {
        plan,
        columns: ['Name', 'Phone', 'Mail', 'Remarks', 'Owner', 'Stall'],
        country: 'IN',
        colleagues: new Map([['priya shah', 'u1']]),
      },
    );
  };

  it('becomes an enquiry with its number as it is dialled from anywhere', () => {
    expect(read(['Asha', '098450-12345', 'Asha@Example.com', 'call', 'Priya Shah'])).toMatchObject({
      row: {
        n: 2,
        name: 'Asha',
        phone: '+919845012345',
        email: 'asha@example.com',
        note: 'call',
        source: 'Import',
        medium: 'import',
        assigneeId: 'u1',
      },
    });
  });

  it('with several numbers keeps the first and notes the others', () => {
    expect(read(['Asha', '98450 12345 / 98450 54321', '', 'call']).row).toMatchObject({
      phone: '+919845012345',
      note: 'call\nOther numbers: +919845054321',
    });
  });

  it('keeps what no column is for in the note, where that is wanted', () => {
    expect(read(['Asha', '98450 12345', '', 'call', '', 'B 12'], { keepRest: true }).row).toMatchObject({
      note: 'call\nStall: B 12',
    });
  });

  it.each([
    [
      ['Asha', '9.84501E+09'],
      'Phone',
      '“9.84501E+09” was shortened by a spreadsheet. Format the column as text there.',
    ],
    [['Asha', '12'], 'Phone', '“12” is not a telephone number.'],
    [['Asha', '', 'asha at example'], 'E-mail', '“asha at example” is not an e-mail address.'],
    [['Asha'], 'Phone', 'A phone or an e-mail is needed.'],
    [['A'.repeat(121), '98450 12345'], 'Name', 'It has 121 letters; at most 120 are taken.'],
    [
      ['Asha', '98450 12345', '', '', 'Nobody'],
      'Assigned to (name or e-mail)',
      'You may give leads to nobody called “Nobody”.',
    ],
  ])('is kept aside with its reason: %j', (cells, field, message) => {
    expect(read(cells).problems).toEqual([{ field, message }]);
  });
});
