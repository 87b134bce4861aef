/** Who gets a notice, each with a switch and the ways by which. */
import { Form, Select, Switch } from 'antd';
import type { Output, Rule } from '../../api/operations.ts';
import { type Recipient, recipientLabels, wayLabel } from './rule-words.ts';

const staff: Recipient[] = ['caller', 'manager', 'admin'];

export function RuleRecipients({ rule, ways }: { rule: Rule; ways: Output<'notification.rules'>['ways'] }) {
  // What is written for colleagues is not for the client's eyes: only rules made for both offer it.
  const people: Recipient[] =
    rule.about === 'task' ? ['caller'] : [...('client' in rule.to ? (['client'] as const) : []), ...staff];
  const labelOf = (who: Recipient) =>
    rule.about === 'task' ? 'whoever the task concerns' : recipientLabels[who];
  return (
    <fieldset className="rule-people">
      <legend>To whom, and by which ways</legend>
      {people.map((who) => (
        <div key={who} className="rule-person">
          <Form.Item name={['to', who]} valuePropName="checked" noStyle>
            <Switch size="small" aria-label={`To ${labelOf(who)}`} />
          </Form.Item>
          <span>{labelOf(who)}</span>
          <Form.Item name={['channels', who]} noStyle>
            <Select
              mode="multiple"
              allowClear
              aria-label={`Ways to ${labelOf(who)}`}
              placeholder={
                who === 'client'
                  ? 'usual: where they wrote last, else e-mail'
                  : 'usual: application, browser, linked chats'
              }
              options={(who === 'client' ? ways.client : ways.staff).map((way) => ({
                value: way,
                label: wayLabel(way),
              }))}
            />
          </Form.Item>
        </div>
      ))}
      <p className="form-note">
        A colleague is told by all of them, a client by the first that reaches them. The list in the console
        has every notice.
      </p>
    </fieldset>
  );
}
