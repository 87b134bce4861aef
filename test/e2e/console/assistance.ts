import { completion, fakeServer } from '../../llm/fake-server.ts';
import { consoleWorld, type World } from './console.ts';

export default () => {
  let world: World;
  let model: Awaited<ReturnType<typeof fakeServer>>;
  const puzzle = 'the blue gadget from the fair hums at dusk, what gives?';
  const nothing = Object.fromEntries(
    ['person', 'company', 'phone', 'email', 'city', 'product', 'quantity', 'budget', 'when'].map((name) => [
      name,
      null,
    ]),
  );
  beforeAll(async () => {
    model = await fakeServer();
    world = await consoleWorld(undefined, {
      env: { LLM_API_KEY: 'key-of-the-test' },
      change: ({ app }) =>
        void Object.assign(app.llm, {
          enabled: true,
          baseUrl: model.url,
          model: 'fake-1',
          timeoutMs: 20_000,
        }),
    });
    await world.person('Ada', 'administrator');
  });
  afterAll(async () => {
    await world?.close();
    await model?.close();
  });

  it('shows a summary and who decided; a draft comes into the field and is sent by hand only', async () => {
    await world.app.say('Hi', { name: 'Asha Rao' });
    model.plays(completion({ ...nothing, intents: ['ask_hours'] }));
    await world.app.say(puzzle);
    model.plays(completion({ summary: 'Asked about a gadget that hums.', next: null }));
    await world.app.say('I want to talk to a person please');

    const page = await world.open('Ada');
    await page.getByRole('link', { name: /Inbox/ }).click();
    await page.getByRole('link', { name: /WhatsApp Asha Rao/ }).click();
    await page.getByText('Asked about a gadget that hums.').waitFor();
    await page.getByText('Written by fake-1: check it before you rely on it').waitFor();
    await page.getByRole('img', { name: 'Understood with the help of fake-1' }).waitFor();

    model.plays(completion({ draft: 'Dear Asha, we will look at your gadget.' }));
    const answer = page.getByLabel('Your answer');
    await answer.fill('we look at it');
    const before = world.app.sent.length;
    await page.getByRole('button', { name: 'Draft' }).click();
    await page.getByText('Dear Asha, we will look at your gadget.').waitFor();
    expect(await answer.inputValue()).toBe('Dear Asha, we will look at your gadget.');
    expect(world.app.sent.length).toBe(before);

    await answer.fill('Dear Asha, we will look at your gadget today.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('log').getByText('Dear Asha, we will look at your gadget today.').waitFor();
    await world.app.idle();
    expect(world.app.sent.length).toBe(before + 1);

    model.plays(completion({ draft: 'Only 4,999 rupees!' }));
    await answer.fill('the price');
    await page.getByRole('button', { name: 'Draft' }).click();
    await page.getByText('No draft: it wrote something that was not in the conversation.').waitFor();
    expect(await answer.inputValue()).toBe('the price');
  });
};
