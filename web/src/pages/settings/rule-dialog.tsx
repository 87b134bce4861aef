/** One rule's settings. The text is written beside what it will say of a real lead. */
import { Button, Checkbox, Form, Input, Select, Switch } from 'antd';
import type { Rule } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';
import { MessageBuilder } from './message-builder.tsx';
import { leadTime, localeLabels, type Recipient, recipientLabels, usualLeadTimes } from './rule-words.ts';

type Field = { name: string; about: string };
type Values = {
  enabled: boolean;
  to: Recipient[];
  leadMinutes?: number[];
  at?: string;
  text: Record<string, string>;
  staffText?: Record<string, string>;
};

export function RuleDialog({
  rule,
  fields,
  onClose,
}: {
  rule: Rule | undefined;
  fields: Field[];
  onClose: () => void;
}) {
  const { may } = useSession();
  return (
    <Dialog open={rule !== undefined} onClose={onClose} title={rule?.label ?? ''} width={720}>
      {rule && (
        <>
          {rule.version > 0 && <Changed rule={rule} mayRevert={may('notification.revertRule')} />}
          <CommandForm<'notification.updateRule', Values>
            command="notification.updateRule"
            input={(values) => ({ key: rule.key, ...asChange(rule, values) })}
            initial={{ ...rule, to: (Object.keys(rule.to) as Recipient[]).filter((who) => rule.to[who]) }}
            submit="Save"
            readOnly={!may('notification.updateRule')}
            done="Saved. It holds from now on."
            onDone={onClose}
          >
            <div className="two">
              <Form.Item name="enabled" label="On" valuePropName="checked">
                <Switch />
              </Form.Item>
              <Form.Item name="to" label="To whom">
                <Checkbox.Group
                  options={(Object.keys(rule.to) as Recipient[]).map((who) => ({
                    value: who,
                    label: recipientLabels[who],
                  }))}
                />
              </Form.Item>
            </div>
            {rule.at !== undefined && (
              <Form.Item name="at" label="At this time of the day">
                <Input type="time" style={{ width: 130 }} />
              </Form.Item>
            )}
            {rule.leadMinutes !== undefined && (
              <Form.Item name="leadMinutes" label="How long">
                <Select
                  mode="multiple"
                  options={[...new Set([...usualLeadTimes, ...rule.leadMinutes])]
                    .sort((a, b) => a - b)
                    .map((minutes) => ({ value: minutes, label: leadTime(minutes, rule.key) }))}
                />
              </Form.Item>
            )}
            {Object.keys(rule.text).map((locale) => (
              <Form.Item
                key={locale}
                name={['text', locale]}
                label={`Text, ${localeLabels[locale] ?? locale}`}
                rules={[{ required: true, message: 'A text is needed' }]}
              >
                <MessageBuilder fields={fields} ruleKey={rule.key} locale={locale} />
              </Form.Item>
            ))}
            {Object.keys(rule.staffText ?? {}).map((locale) => (
              <Form.Item
                key={locale}
                name={['staffText', locale]}
                label={`Text for colleagues, ${localeLabels[locale] ?? locale}`}
              >
                <MessageBuilder fields={fields} ruleKey={rule.key} locale={locale} />
              </Form.Item>
            ))}
          </CommandForm>
        </>
      )}
    </Dialog>
  );
}

function Changed({ rule, mayRevert }: { rule: Rule; mayRevert: boolean }) {
  const { act, busy } = useAct('notification.revertRule', 'As shipped again.');
  return (
    <p className="form-note rule-changed">
      <span>
        Changed{rule.changedBy ? ` by ${rule.changedBy}` : ''}{' '}
        {rule.changedAt && <When at={rule.changedAt} />}.
      </span>
      {mayRevert && (
        <Button size="small" loading={busy} onClick={() => act({ key: rule.key, version: 0 })}>
          Return to the shipped wording
        </Button>
      )}
    </p>
  );
}

function asChange(rule: Rule, { enabled, to, leadMinutes, at, text, staffText }: Values) {
  const recipients = Object.fromEntries(
    (Object.keys(rule.to) as Recipient[]).map((who) => [who, to.includes(who)]),
  );
  return {
    enabled,
    to: recipients,
    text,
    ...(staffText && { staffText }),
    ...(leadMinutes && { leadMinutes }),
    ...(at && { at }),
  };
}
