import { defineModule } from '../../core/define.ts';
import { createFormHandler, getFormHandler, listFormsHandler, updateFormHandler } from './handlers.ts';

export const forms = defineModule({
  name: 'forms',
  summary: 'Forms of our websites: what they ask, which sites may show them, what becomes of an answer',
  handlers: [listFormsHandler, getFormHandler, createFormHandler, updateFormHandler],
});
