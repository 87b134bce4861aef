/** The Dynamic Message Builder: fields into text. Pure. */
import {
  fieldsOfKind,
  type MessageField,
  messageFields,
  type NoticeKind,
  type NotificationRule,
  unknownFields,
} from '../../core/config-schema.ts';
import { AppError } from '../../core/errors.ts';
import { fillIn } from '../../core/fill.ts';
import { nearest } from '../../core/nearest.ts';

export type Fields = Partial<Record<MessageField, string>>;

/** `{note}`, `{when}`, `{due}` and `{priority}` may be empty; of the rest, what is not known is shown as a dash. */
export const fill = (text: string, fields: Fields): string => fillIn(text, fields, mayBeEmpty);
const mayBeEmpty = new Set<string>(['note', 'when', 'due', 'priority']);

/** @throws notification.unknown_field naming it, and what was probably meant */
export function checkFields(texts: (Record<string, string> | undefined)[], kind?: NoticeKind): void {
  const known = kind ? fieldsOfKind[kind] : (Object.keys(messageFields) as MessageField[]);
  for (const text of texts.flatMap((each) => Object.values(each ?? {}))) {
    const [wrong] = unknownFields(text, kind);
    if (wrong === undefined) continue;
    const meant = nearest(wrong.trim(), known);
    throw new AppError('notification.unknown_field', {
      field: `{${wrong}}`,
      meant: meant ? ` Did you mean {${meant}}?` : '',
      fields: known.map((name) => `{${name}}`).join(' '),
      ...(meant && { nearest: meant }),
    });
  }
}

/** The client's words in the client's language, staff's in the organisation's; English, then any, where one is missing. */
export function wording(
  rule: Pick<NotificationRule, 'text' | 'staffText'>,
  to: string,
  locale: string,
): string {
  const texts = to === 'client' ? rule.text : { ...rule.text, ...rule.staffText };
  return texts[locale] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/** `in 15 minutes`, `in 1 hour`, `in 2 days`; empty at the moment itself. */
export function soon(minutes: number): string {
  if (minutes <= 0) return '';
  const [count, unit] =
    minutes % 1440 === 0
      ? [minutes / 1440, 'day']
      : minutes % 60 === 0
        ? [minutes / 60, 'hour']
        : [minutes, 'minute'];
  return `in ${count} ${unit}${count === 1 ? '' : 's'}`;
}
