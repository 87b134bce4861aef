/** A rule's words in each language, and for colleagues where theirs differ. */
import { Form, Tabs } from 'antd';
import { useState } from 'react';
import type { Output, Rule } from '../../api/operations.ts';
import { MessageBuilder } from './message-builder.tsx';
import { localeLabels } from './rule-words.ts';

type Rules = Output<'notification.rules'>;

export function RuleTexts({ rule, rules }: { rule: Rule; rules: Rules }) {
  const forBoth = 'client' in rule.to;
  const [recordId, setRecordId] = useState<string>();
  const fields = rules.fields.filter(({ name }) => rules.fieldsOf[rule.about]?.includes(name as never));
  const locales = [...new Set([...rules.locales, ...Object.keys(rule.text)])];
  const builder = (whose: 'client' | 'staff' | undefined, locale: string) => (
    <MessageBuilder
      fields={fields}
      rule={rule}
      locale={locale}
      whose={whose}
      recordId={recordId}
      onRecord={setRecordId}
    />
  );
  return (
    <Tabs
      items={locales.map((locale) => ({
        key: locale,
        label: localeLabels[locale] ?? locale,
        forceRender: true,
        children: (
          <>
            <Form.Item
              name={['text', locale]}
              label={`Text, ${localeLabels[locale] ?? locale}`}
              rules={locale === 'en' ? [{ required: true, message: 'A text is needed' }] : []}
            >
              {builder(rule.staffText && 'client', locale)}
            </Form.Item>
            {(rule.staffText || forBoth) && (
              <Form.Item
                name={['staffText', locale]}
                label={`Text for colleagues, ${localeLabels[locale] ?? locale}`}
                tooltip="Empty: the same as for the client"
              >
                {builder('staff', locale)}
              </Form.Item>
            )}
          </>
        ),
      }))}
    />
  );
}
