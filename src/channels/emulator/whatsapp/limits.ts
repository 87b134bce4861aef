/**
 * What Graph refuses. Fixtures after developers.facebook.com/docs/whatsapp/cloud-api/reference/messages,
 * …/guides/send-message-templates and …/support/error-codes.
 */
import type { Customer, WhatsAppState } from './state.ts';

export type GraphProblem = { status: number; code: number; details: string };

/** The first thing that is wrong with a message, in the order in which Graph checks; undefined when it is taken. */
export function problemWith(
  message: Record<string, any>,
  customer: Customer,
  state: WhatsAppState,
  now: Date,
): GraphProblem | undefined {
  if (message.messaging_product !== 'whatsapp')
    return bad(100, 'The parameter messaging_product is required.');
  const check = checks[message.type ?? 'text'];
  if (!check) return bad(131051, `Unsupported message type ${message.type}`);
  const fault = check(message, state);
  if (fault) return fault;
  if (message.type !== 'template' && isWindowClosed(customer, now))
    return bad(
      131047,
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    );
  if ((message.biz_opaque_callback_data ?? '').length > 512)
    return bad(131009, 'biz_opaque_callback_data must be at most 512 characters.');
  return undefined;
}

/**
 * Between one business number and one customer: a message every 6 s, with bursts of up to 45 that are then made up for.
 * developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits
 */
export function pairProblem(customer: Customer, now: Date): GraphProblem | undefined {
  const { room = burst, at = now } = customer.pair ?? {};
  const left = Math.min(burst, room + (now.getTime() - at.getTime()) / 6000);
  if (left < 1)
    return {
      status: 400,
      code: 131056,
      details:
        'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
    };
  customer.pair = { room: left - 1, at: now };
  return undefined;
}
const burst = 45;

function isWindowClosed({ lastInboundAt }: Customer, now: Date): boolean {
  return !lastInboundAt || now.getTime() - lastInboundAt.getTime() > 24 * 3600_000;
}

const checks: Record<
  string,
  (message: Record<string, any>, state: WhatsAppState) => GraphProblem | undefined
> = {
  text: ({ text }) => within('text.body', text?.body, 4096),
  interactive: ({ interactive }) =>
    interactive?.type === 'button'
      ? buttons(interactive)
      : interactive?.type === 'list'
        ? list(interactive)
        : bad(131009, 'interactive.type'),
  document: ({ document }) => file('document', document),
  image: ({ image }) => file('image', image),
  video: ({ video }) => file('video', video),
  audio: ({ audio }) => file('audio', audio),
  location: ({ location }) =>
    typeof location?.latitude === 'number' && typeof location?.longitude === 'number'
      ? undefined
      : bad(131009, 'location.latitude'),
  // A card needs the name as it is shown and one of its parts.
  contacts: ({ contacts }) => {
    const named = (contacts ?? []).every(
      ({ name }: any) =>
        name?.formatted_name && Object.keys(name).some((part) => part !== 'formatted_name' && name[part]),
    );
    return contacts?.length && named ? undefined : bad(131009, 'contacts.name');
  },
  template: ({ template }, state) => {
    const known = state.templates.find(
      ({ name, language }) => name === template?.name && language === template?.language?.code,
    );
    if (known?.status !== 'APPROVED')
      return {
        status: 404,
        code: 132001,
        details: `template name (${template?.name}) does not exist in ${template?.language?.code}`,
      };
    const values: string[] = (template.components ?? []).flatMap((part: any) =>
      (part.parameters ?? []).map((one: any) => one.text ?? ''),
    );
    if (values.some((value) => /[\n\t]| {5}/.test(value)))
      return bad(132018, 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces');
    // …/authentication-templates/copy-code-button-authentication-templates: the code goes to the button as well.
    const button = template.components?.find((part: any) => part.type === 'button');
    if (known.category === 'AUTHENTICATION' && (button?.sub_type !== 'url' || !button.parameters?.[0]?.text))
      return bad(
        131008,
        'Required parameter is missing: buttons: Button at index 0 of type Url requires a parameter',
      );
    const given = template.components?.find((part: any) => part.type === 'body')?.parameters?.length ?? 0;
    return given === known.params
      ? undefined
      : bad(
          132000,
          `body: number of localizable_params (${given}) does not match the expected number of params (${known.params})`,
        );
  },
};

/** developers.facebook.com/docs/whatsapp/business-management-api/message-templates#creating-templates */
export function problemWithTemplate(
  { name, language, category, components = [] }: Record<string, any>,
  { templates }: WhatsAppState,
): GraphProblem | undefined {
  if (!/^[a-z0-9_]{1,512}$/.test(name ?? ''))
    return bad(100, 'Message template name can only have lowercase letters, digits and underscores');
  if (!['AUTHENTICATION', 'MARKETING', 'UTILITY'].includes(category))
    return bad(100, 'Invalid parameter: category');
  if (templates.some((one) => one.name === name && one.language === language))
    return bad(100, 'Content in this language already exists');
  const body = components.find((part: any) => part.type === 'BODY');
  if (!body) return bad(100, 'components: BODY is required');
  if (category === 'AUTHENTICATION')
    return body.text === undefined && components.some((part: any) => part.buttons?.[0]?.type === 'OTP')
      ? undefined
      : bad(100, 'Authentication templates have a fixed text and an OTP button');
  const variables = new Set(body.text?.match(/\{\{\d+\}\}/g)).size;
  if (variables && body.example?.body_text?.[0]?.length !== variables)
    return bad(100, 'Components of type BODY are missing expected field(s) (example)');
  if (/^\s*\{\{|\}\}\s*$/.test(body.text ?? ''))
    return bad(100, 'Variables can’t be at the start or end of the template.');
  return undefined;
}

function buttons(interactive: Record<string, any>): GraphProblem | undefined {
  const items: { reply?: { id?: string; title?: string } }[] = interactive.action?.buttons ?? [];
  if (items.length < 1 || items.length > 3)
    return bad(131009, 'Invalid buttons count. Min allowed buttons: 1, max allowed buttons: 3');
  const fault = items
    .map(
      ({ reply }, n) =>
        within(`action.buttons[${n}].reply.title`, reply?.title, 20) ??
        within(`action.buttons[${n}].reply.id`, reply?.id, 256),
    )
    .find(Boolean);
  return (
    fault ??
    unique(items.map(({ reply }) => reply?.title)) ??
    within('interactive.body.text', interactive.body?.text, 1024)
  );
}

function list(interactive: Record<string, any>): GraphProblem | undefined {
  const rows: { id?: string; title?: string; description?: string }[] = (
    interactive.action?.sections ?? []
  ).flatMap((section: any) => section.rows ?? []);
  if (rows.length < 1 || rows.length > 10) return bad(131009, 'Total row count exceed max allowed count: 10');
  const fault = rows
    .map(
      ({ id, title, description }, n) =>
        within(`rows[${n}].title`, title, 24) ??
        within(`rows[${n}].id`, id, 200) ??
        (description ? within(`rows[${n}].description`, description, 72) : undefined),
    )
    .find(Boolean);
  return (
    fault ??
    within('interactive.action.button', interactive.action?.button, 20) ??
    within('interactive.body.text', interactive.body?.text, 4096)
  );
}

function file(type: string, value: Record<string, any> | undefined): GraphProblem | undefined {
  if (!value?.id && !value?.link)
    return bad(131008, `Required parameter is missing: ${type}.id or ${type}.link`);
  return value.caption === undefined ? undefined : within(`${type}.caption`, value.caption, 1024);
}

function within(what: string, value: string | undefined, max: number): GraphProblem | undefined {
  if (!value) return bad(131008, `Required parameter is missing: ${what}`);
  return value.length > max
    ? bad(131009, `${what}: at most ${max} characters, got ${value.length}`)
    : undefined;
}

const unique = (titles: (string | undefined)[]): GraphProblem | undefined =>
  new Set(titles).size === titles.length ? undefined : bad(131009, 'Duplicated button titles');
const bad = (code: number, details: string): GraphProblem => ({ status: 400, code, details });
