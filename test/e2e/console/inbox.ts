import type { World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    await world.person('Ada', 'administrator');
    await world.person('Priya', 'tele-caller');
  });

  const texts = () =>
    world.app.sent.flatMap(({ to, content }) =>
      to === '+919812345678' && content.kind === 'text' ? [content.text] : [],
    );

  it('shows a customer who asks for a person, lets a colleague take over, answer once and hand back [M6]', async () => {
    const page = await world.open('Ada');
    await page.getByRole('link', { name: /Inbox/ }).click();
    await world.app.say('I want to talk to a person', { name: 'Asha Rao' });

    // Appears by itself, before all others.
    await page.getByRole('heading', { name: 'Waiting for a person' }).waitFor();
    await page.getByRole('link', { name: /Asha Rao/ }).click();
    const thread = page.getByRole('log');
    await thread.getByText('I want to talk to a person').waitFor();
    const takeOver = page.getByRole('button', { name: 'Take over' });
    if (await takeOver.isVisible()) await takeOver.click();

    const answer = page.getByLabel('Your answer');
    await answer.fill('Hello Asha, this is Ada. How can I help?');
    await answer.press('Enter');
    await thread.getByText('Hello Asha, this is Ada.').waitFor();
    await world.app.idle();
    expect(texts().filter((text) => text.startsWith('Hello Asha, this is Ada.'))).toHaveLength(1);
    expect(await answer.inputValue()).toBe('');

    // While a person answers, the bot is silent and what the customer writes arrives without reloading.
    const before = texts().length;
    await world.app.say('What does it cost?');
    await thread.getByText('What does it cost?').waitFor();
    expect(texts()).toHaveLength(before);

    await page.getByRole('button', { name: 'Hand back' }).click();
    await page.getByText('The bot is answering.').waitFor();
    await world.app.say('What does it cost?');
    expect(texts().length).toBeGreaterThan(before);
  });

  it('shows the photo that a visitor sent, and sends one back with a few words', async () => {
    const photo = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const call = async (path: string, body: object | Buffer, token?: string) => {
      const type = Buffer.isBuffer(body) ? 'image/png' : 'application/json';
      const answer = await fetch(`${world.base}${path}`, {
        method: 'POST',
        headers: { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) },
        body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
      });
      return (await answer.json()) as { token: string; fileId: string };
    };
    const { token } = await call('/webchat/sessions', {
      page: 'https://rsoft.example/prices',
      title: 'Prices',
    });
    const { fileId } = await call('/webchat/files?filename=meter.png', photo, token);
    await call('/webchat/messages', { clientMessageId: '1', text: 'My meter', files: [fileId] }, token);
    await world.app.idle();

    const page = await world.open('Ada');
    await page.getByRole('link', { name: /Inbox/ }).click();
    await page.getByRole('link', { name: /Website visitor/ }).click();
    const picture = page.getByRole('img', { name: 'meter.png' });
    await picture.waitFor();
    expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
    await page.getByRole('link', { name: 'Prices', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Take over' }).click();
    await page
      .getByLabel('Files to send')
      .setInputFiles({ name: 'plan.png', mimeType: 'image/png', buffer: photo });
    await page.getByLabel('Your answer').fill('Our plan');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('img', { name: 'plan.png' }).waitFor();
    await world.app.idle();
    const answer = await fetch(`${world.base}/webchat/messages`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { items } = (await answer.json()) as {
      items: { text: string; media?: { filename: string; url: string } }[];
    };
    const sent = items.at(-1)!;
    expect(sent).toMatchObject({ text: 'Our plan', media: { filename: 'plan.png' } });
    const file = await fetch(`${world.base}${new URL(sent.media!.url).pathname}`);
    expect(Buffer.from(await file.arrayBuffer()).equals(photo)).toBe(true);
  });
};
