/// <reference lib="dom" />
/** Files that a visitor sends. */
import { expect, it } from '@jest/globals';
import { chatOf } from './browser.ts';
import { expectInbound, shots, stage, start, visit } from './stage.ts';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

it('sends a file by the button, by dropping and by pasting, and says what is not taken', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'meter.png', mimeType: 'image/png', buffer: picture });
  await expectInbound(1);
  expect(stage.world.accepted[0]!.body).toEqual({
    kind: 'media',
    media: [{ type: 'image', id: '1', filename: 'meter.png' }],
  });
  expect(stage.world.uploads[0]!.body.equals(picture)).toBe(true);
  await page.locator('.row.in .picture img').waitFor();

  const carry = (event: string, target: string) =>
    page.evaluate(
      ([name, selector, type]) => {
        const carried = new DataTransfer();
        carried.items.add(new File(['%PDF-1.7'], 'needs.pdf', { type: type! }));
        const element = document.querySelector('#parley-chat')!.shadowRoot!.querySelector(selector!)!;
        const how = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          name === 'drop'
            ? new DragEvent('drop', { ...how, dataTransfer: carried })
            : new ClipboardEvent('paste', { ...how, clipboardData: carried }),
        );
      },
      [event, target, 'application/pdf'] as const,
    );
  await carry('drop', '.log');
  await expectInbound(2);
  await carry('paste', 'textarea');
  await expectInbound(3);
  expect(stage.world.uploads.map(({ filename }) => filename)).toEqual([
    'meter.png',
    'needs.pdf',
    'needs.pdf',
  ]);

  const choose = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await choose('film.mp4', Buffer.alloc(1_000_001));
  await page.getByText('This file is too large: at most 1 MB.').waitFor();
  await choose('setup.exe', Buffer.from('MZ'));
  await page.getByText('This kind of file is not taken.').waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/files-1440.png` });
  await chat.say('and this');
  await expectInbound(4);
});
