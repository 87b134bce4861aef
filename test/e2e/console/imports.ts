import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desktop, phone, type World } from './console.ts';

export default (world: World) => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-files-'));
    await world.person('Meera', 'manager');
    await world.person('Kiran', 'tele-caller');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is chosen, mapped, looked at, imported, taken along and taken back [M13]', async () => {
    const file = join(folder, 'fair.csv');
    writeFileSync(
      file,
      'Client;Mobile;Stall\nAsha Rao;98411 10001;B 12\nRavi Kumar;98411 10002;C 3\nAsha R;9841110001;\nNobody;12;\n',
    );
    const page = await world.open('Meera', desktop, '/leads');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.locator('input[type=file]').setInputFiles(file);

    const preview = page.getByRole('list', { name: 'Preview' }).getByRole('listitem');
    await preview.nth(3).waitFor();
    expect(await page.locator('.import-column strong').allInnerTexts()).toEqual([
      'Client',
      'Mobile',
      'Stall',
    ]);
    expect(await preview.locator('.ant-tag').allInnerTexts()).toEqual([
      'New',
      'New',
      'Duplicate',
      'Kept aside',
    ]);
    await preview.nth(2).getByText('It repeats row 2 of this file.').waitFor();
    await page.getByText('Leave the row out').first().click();
    await preview.nth(2).getByText('Left out').waitFor();

    await page.getByRole('button', { name: 'Import 4 rows' }).click();
    await page.getByText('Given to').waitFor();
    expect(await page.locator('.figure').allInnerTexts()).toEqual([
      '2\nNew leads',
      '1\nLeft out as known',
      '1\nKept aside',
    ]);
    const aside = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Error file (1)' }).click();
    expect(readFileSync(await (await aside).path(), 'utf8')).toBe(
      '\ufeffClient,Mobile,Stall,Row,What is wrong\r\nNobody,12,,5,Phone: “12” is not a telephone number.\r\n',
    );

    await page.goto(`${world.base}/leads`);
    const along = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    const names = readFileSync(await (await along).path(), 'utf8')
      .split('\r\n')
      .slice(1, 3)
      .map((line) => line.split(',')[1]);
    expect(names.sort()).toEqual(['Asha Rao', 'Ravi Kumar']);

    await page.goto(`${world.base}/imports`);
    await page.getByRole('link', { name: 'fair.csv' }).click();
    await page.getByRole('button', { name: 'Undo the import' }).click();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.locator('.figure', { hasText: 'Taken back' }).waitFor();
    await page.goto(`${world.base}/leads`);
    await page.getByText('No leads yet').waitFor();
  });

  it('that cannot be read is refused in words, on a phone too; a tele-caller takes nothing along', async () => {
    const page = await world.open('Kiran', phone, '/imports');
    const file = join(folder, 'nothing.csv');
    writeFileSync(file, '');
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('alert').filter({ hasText: 'The file is empty.' }).waitFor();
    await page.goto(`${world.base}/leads`);
    await page.getByRole('button', { name: 'Import' }).waitFor();
    expect(await page.getByRole('button', { name: 'Export' }).count()).toBe(0);
  });
};
