/** One rule's settings. The text is written beside what it will say of a real record. */
import { Button, Form, Input, Select, Switch } from 'antd';
import type { Output, Rule } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';
import { RuleRecipients } from './rule-recipients.tsx';
import { RuleTexts } from './rule-texts.tsx';
import { digestLabels, leadTime, type Recipient, usualLeadTimes } from './rule-words.ts';

type Rules = Output<'notification.rules'>;
type Values = Pick<Rule, 'enabled' | 'urgent' | 'digest' | 'leadMinutes' | 'at'> & {
  to: Partial<Record<Recipient, boolean>>;
  channels?: Partial<Record<Recipient, string[]>>;
  text: Record<string, string | undefined>;
  staffText?: Record<string, string | undefined>;
};

export function RuleDialog({
  rule,
  rules,
  onClose,
}: {
  rule: Rule | undefined;
  rules: Rules | undefined;
  onClose: () => void;
}) {
  const { may } = useSession();
  return (
    <Dialog open={rule !== undefined} onClose={onClose} title={rule?.label ?? ''} width={760}>
      {rule && rules && (
        <>
          {rule.version > 0 && <Changed rule={rule} mayRevert={may('notification.revertRule')} />}
          <CommandForm<'notification.updateRule', Values>
            command="notification.updateRule"
            input={(values) => asChange(rule, values)}
            initial={rule as Partial<Values>}
            submit="Save"
            readOnly={!may('notification.updateRule')}
            done="Saved. It holds from now on."
            onDone={onClose}
          >
            <div className="rule-switches">
              <Form.Item name="enabled" label="On" valuePropName="checked">
                <Switch />
              </Form.Item>
              <Form.Item
                name="urgent"
                label="Urgent"
                valuePropName="checked"
                tooltip="Sent in quiet hours too, and never gathered."
              >
                <Switch />
              </Form.Item>
              <Form.Item name="digest" label="For colleagues" className="grows">
                <Select options={Object.entries(digestLabels).map(([value, label]) => ({ value, label }))} />
              </Form.Item>
              {rule.at !== undefined && (
                <Form.Item name="at" label="At this time of the day">
                  <Input type="time" style={{ width: 130 }} />
                </Form.Item>
              )}
            </div>
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
            <RuleRecipients rule={rule} ways={rules.ways} />
            <RuleTexts rule={rule} rules={rules} />
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

function asChange(rule: Rule, { channels, text, staffText, to, ...plain }: Values) {
  const chosen = Object.entries(channels ?? {}).filter(([, ways]) => ways?.length);
  return {
    ...plain,
    key: rule.key,
    version: rule.version,
    to,
    channels: chosen.length ? (Object.fromEntries(chosen) as Rule['channels']) : null,
    text: filled(text),
    ...(staffText && { staffText: filled(staffText) }),
  };
}

/** A text that was emptied is sent as empty: its language is taken away. */
const filled = (texts: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([locale, words]) => (words === undefined ? [] : [[locale, words]])),
  );
