/**
 * Message templates as Meta has them: listed with their approval, and those asked for that we send by ourselves.
 * Source: developers.facebook.com/docs/whatsapp/business-management-api/message-templates and
 * …/authentication-templates/copy-code-button-authentication-templates.
 */
import type { ChannelTemplates, MessageTemplate, TemplateUse } from '../../core/define.ts';
import type { Outbound } from '../../core/messaging.ts';
import type { Graph } from '../meta/graph.ts';
import { address } from './message-payload.ts';
import type { Settings } from './settings.ts';

type Draft = { name: string; locale: string; category: string; components: object[] };

export function templatesOf(graph: Graph, settings: Settings): ChannelTemplates {
  const path = `${settings.businessAccountId}/message_templates`;
  const drafts = draftsOf(settings);
  const needsAccount = () => {
    if (!settings.businessAccountId) throw new Error('enter the WhatsApp Business Account ID first');
  };
  return {
    async list() {
      needsAccount();
      const known: MessageTemplate[] = [];
      let after = '';
      // A hundred a page; an account has 6000 at most.
      for (let page = 0; page < 60; page++) {
        const fields = 'name,language,status,category,components,rejected_reason';
        const answer = await graph.get(`${path}?fields=${fields}&limit=100${after}`);
        if (!answer.ok) throw new Error(answer.error.message);
        known.push(...(answer.body.data ?? []).map(toTemplate));
        const { cursors, next } = answer.body.paging ?? {};
        if (!next || !cursors?.after) break;
        after = `&after=${encodeURIComponent(cursors.after)}`;
      }
      return uses(drafts)
        .flatMap(([use, { name, locale }]): MessageTemplate[] => {
          const own = known.find((one) => one.name === name && one.locale === locale);
          return own ? [] : [{ name, locale, use, state: 'missing' }];
        })
        .concat(known.map((one) => withUse(one, drafts)));
    },
    async request(use) {
      needsAccount();
      const { name, locale, category, components } = drafts[use];
      const answer = await graph.post(path, { name, language: locale, category, components });
      if (!answer.ok) throw new Error(answer.error.message);
    },
  };
}

const uses = (drafts: Record<TemplateUse, Draft>) => Object.entries(drafts) as [TemplateUse, Draft][];

const withUse = (one: MessageTemplate, drafts: Record<TemplateUse, Draft>): MessageTemplate => {
  const [use] = uses(drafts).find(([, { name, locale }]) => one.name === name && one.locale === locale) ?? [];
  return { ...one, ...(use && { use }) };
};

/** What we send by ourselves, as Meta wants to be asked for it. */
const draftsOf = ({ noticeTemplate, codeTemplate }: Settings): Record<TemplateUse, Draft> => ({
  notices: {
    ...(noticeTemplate ?? { name: 'notice', locale: 'en' }),
    category: 'UTILITY',
    components: [
      {
        type: 'BODY',
        text: 'An update on your request: {{1}} Answer here if you have a question.',
        example: { body_text: [['Your appointment is today at 5:00 PM.']] },
      },
    ],
  },
  codes: {
    ...(codeTemplate ?? { name: 'one_time_code', locale: 'en' }),
    category: 'AUTHENTICATION',
    components: [
      { type: 'BODY', add_security_recommendation: true },
      { type: 'FOOTER', code_expiration_minutes: 10 },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' }] },
    ],
  },
  leads: {
    name: 'lead_form_hello',
    locale: 'en',
    category: 'MARKETING',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}, thank you for your interest in {{2}}. Shall we show it to you in a short demo?',
        example: { body_text: [['Priya', 'CRM']] },
      },
    ],
  },
});

type Known = {
  name: string;
  language: string;
  status: string;
  category?: string;
  rejected_reason?: string;
  components?: { type?: string; text?: string }[];
};

const states: Record<string, MessageTemplate['state']> = {
  APPROVED: 'approved',
  PENDING: 'waiting',
  IN_APPEAL: 'waiting',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  LIMIT_EXCEEDED: 'paused',
};

function toTemplate({
  name,
  language,
  status,
  category,
  rejected_reason,
  components = [],
}: Known): MessageTemplate {
  const text = components.find(({ type }) => type?.toUpperCase() === 'BODY')?.text;
  return {
    name,
    locale: language,
    state: states[status] ?? 'off',
    ...(category && { category: category.toLowerCase() }),
    ...(text && { text }),
    ...(rejected_reason &&
      rejected_reason !== 'NONE' && { reason: rejected_reason.toLowerCase().replaceAll('_', ' ') }),
  };
}

/**
 * A one-time code by the approved template: the code stands in its body and behind its button.
 * @returns undefined when this is none, or there is no such template.
 */
export function codePayload(
  { id, to, purpose, meta }: Outbound,
  { codeTemplate }: Settings,
): Record<string, unknown> | undefined {
  const code = meta?.code;
  if (!codeTemplate || purpose !== 'auth' || typeof code !== 'string') return undefined;
  const parameters = [{ type: 'text', text: code }];
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...address(to),
    type: 'template',
    template: {
      name: codeTemplate.name,
      language: { code: codeTemplate.locale },
      components: [
        { type: 'body', parameters },
        { type: 'button', sub_type: 'url', index: '0', parameters },
      ],
    },
    biz_opaque_callback_data: id,
  };
}
