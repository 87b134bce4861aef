/// <reference lib="dom" />
/** A form where its tag stands. */
import { expect, it } from '@jest/globals';
import { startWebchat } from '../webchat/world.ts';
import { openPage, phone, servePages } from './browser.ts';
import { shots, stage } from './stage.ts';

it('draws a form where its tag stands: faults beside the field, thanks at the end, one form however often it is sent', async () => {
  const taken: { id: string; fields: Record<string, string>; consent: boolean; website: string }[] = [];
  const field = (name: string, label: string, more: object = {}) => ({
    ...{ name, label, target: name, kind: 'text', options: [], required: true },
    ...more,
  });
  stage.world = await startWebchat({
    extend(app) {
      servePages(stage.script)(app);
      app.get('/contact', (_request, reply) =>
        reply
          .type('text/html')
          .send(
            '<!doctype html><html lang="en"><title>Contact</title><body><main><script src="/widget.js" data-form="pk_1" async></script></main></body></html>',
          ),
      );
      app.get('/forms/pk_1', async () => ({
        title: 'How can we help you?',
        button: 'Send',
        colour: '#0f766e',
        thanks: 'Thank you!',
        consent: 'RSoft may call me.',
        fields: [
          field('name', 'Your name'),
          field('phone', 'Telephone'),
          field('product', 'Looking for', { kind: 'select', options: ['RSoft CRM'], required: false }),
          field('message', 'Your message', { target: 'note', kind: 'longtext', required: false }),
        ],
      }));
      app.post('/forms/pk_1', async (request, reply) => {
        taken.push(request.body as never);
        if (taken.length > 1) return reply.code(202).send({ thanks: 'Thank you!' });
        const fields = [{ path: 'fields.phone', message: 'is no telephone number' }];
        return reply.code(400).send({ error: { code: 'input.invalid', message: '', details: { fields } } });
      });
    },
  });
  const page = await openPage(stage.browser, `${stage.world.url}/contact`, phone);
  stage.pages.push(page);
  await page.getByLabel('Your name').fill('Ravi');
  await page.getByLabel('Telephone').fill('call me');
  await page.getByLabel('RSoft may call me.').check();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('is no telephone number').waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/form-390.png`, fullPage: true });
  const telephone = page.getByLabel('Telephone');
  expect(await telephone.getAttribute('aria-invalid')).toBe('true');
  expect(
    await telephone.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input),
  ).toBe(true);
  await telephone.fill('98450 10101');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Thank you!').waitFor();
  expect(taken[1]).toMatchObject({
    fields: { name: 'Ravi', phone: '98450 10101', product: '', message: '' },
    consent: true,
    website: '',
    page: `${stage.world.url}/contact`,
    title: 'Contact',
  });
  expect(taken[1]!.id).toBe(taken[0]!.id);
});
