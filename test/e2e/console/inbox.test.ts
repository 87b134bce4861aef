import { consoleWorld, password, type World } from './console.ts';

describe('the inbox', () => {
  let world: World;
  beforeAll(async () => {
    world = await consoleWorld();
    await world.app.user('Ada', 'administrator', { password });
    await world.app.user('Kiran', 'tele-caller', { password });
  });
  afterAll(() => world?.close());

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
});
