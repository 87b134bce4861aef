import { randomBytes } from 'node:crypto';
import type { Config } from '../../core/config.ts';
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { createForm, type FormView, formSettings, getForm, listForms, updateForm } from './contract.ts';
import { type FormDocument, FormModel } from './model.ts';

export const listFormsHandler = handles(listForms, async (ctx) => {
  const found = await FormModel.find({}).sort({ _id: 1 }).limit(200).lean();
  return { items: found.map((form) => present(form, ctx.config)) };
});

export const getFormHandler = handles(getForm, async (ctx, { formId }) =>
  present(await load(formId), ctx.config),
);

/** Begins with what most sites ask. */
export const createFormHandler = handles(createForm, async (ctx, { name }) => {
  const made: FormDocument = {
    ...formSettings.parse({
      name,
      title: 'How can we help you?',
      fields: [
        { name: 'name', label: 'Your name', target: 'name', required: true },
        { name: 'phone', label: 'Telephone', target: 'phone', required: true },
        { name: 'email', label: 'E-mail', target: 'email' },
        {
          name: 'product',
          label: 'What are you looking for?',
          target: 'product',
          kind: 'select',
          options: ctx.config.app.organisation.products.map((product) => product.name).slice(0, 50),
        },
        { name: 'message', label: 'Your message', target: 'note', kind: 'longtext' },
      ],
    }),
    _id: ctx.id(),
    key: `pk_${randomBytes(15).toString('base64url')}`,
    taken: 0,
    spam: 0,
    createdAt: ctx.now(),
  };
  await FormModel.create([made]);
  ctx.audit({ kind: 'Setting', id: `form:${made._id}`, text: `a form for a website: ${name}` });
  return { form: present(made, ctx.config) };
});

export const updateFormHandler = handles(updateForm, async (ctx, { formId, ...changes }) => {
  const before = await load(formId);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const isGone = ([, value]: [string, unknown]) => value === '';
  const set = Object.fromEntries(Object.entries(given).filter((entry) => !isGone(entry)));
  const unset = Object.fromEntries(
    Object.entries(given)
      .filter(isGone)
      .map(([field]) => [field, 1]),
  );
  await FormModel.updateOne({ _id: formId }, { $set: set, $unset: unset });
  const after = await load(formId);
  const was = Object.fromEntries(
    Object.keys(given).map((field) => [field, before[field as keyof FormDocument] ?? null]),
  );
  ctx.audit({
    kind: 'Setting',
    id: `form:${formId}`,
    before: was,
    after: given,
    text: `the form ${before.name}`,
  });
  return { form: present(after, ctx.config) };
});

async function load(formId: string): Promise<FormDocument> {
  const found = await FormModel.findById(formId).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'form', id: formId });
  return found;
}

function present({ _id: id, createdAt: _, lastAt, ...form }: FormDocument, { env }: Config): FormView {
  const base = (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, '');
  return {
    ...form,
    id,
    page: `${base}/forms/${form.key}/page`,
    address: `${base}/forms/${form.key}`,
    script: `${base}/widget.js`,
    ...(lastAt && { lastAt: lastAt.toISOString() }),
  };
}
