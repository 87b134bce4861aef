/** What a new organisation does first; gone when all of it is done, or when whoever reads it knows. */
import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { Panel } from '../../shared/page.tsx';

const place = 'parley.firstSteps';
/** Open without anybody's doing. */
const given = new Set(['webchat', 'push']);

export function FirstSteps() {
  const [hidden, setHidden] = useState(() => localStorage.getItem(place) === 'hidden');
  const asked = { enabled: !hidden };
  const users = useAsk('user.list', {}, asked).data;
  const channels = useAsk('channel.list', {}, asked).data;
  const answers = useAsk('knowledge.list', { limit: 1 }, asked).data;
  const leads = useAsk('lead.list', { limit: 1 }, asked).data;
  if (hidden || !users || !channels || !answers || !leads) return null;
  const steps = [
    {
      to: '/settings/users',
      label: 'Add your colleagues',
      hint: 'Each gets a link to choose a password.',
      done: users.items.length > 1,
    },
    {
      to: '/settings/channels',
      label: 'Connect a channel',
      hint: 'WhatsApp, e-mail, Telegram and the others, step by step. The chat for your site is ready.',
      done: channels.items.some(({ channel, missing }) => !given.has(channel) && !missing.length),
    },
    {
      to: '/knowledge',
      label: 'Write what customers ask most',
      hint: 'The bot answers in your words.',
      done: answers.items.length > 0,
    },
    {
      to: '/imports',
      label: 'Bring your leads',
      hint: 'From a spreadsheet; or wait: new ones come in by themselves.',
      done: leads.items.length > 0,
    },
  ];
  if (steps.every(({ done }) => done)) return null;
  const hide = () => {
    localStorage.setItem(place, 'hidden');
    setHidden(true);
  };
  return (
    <Panel
      id="first-steps"
      title="First steps"
      actions={
        <Button size="small" type="text" onClick={hide}>
          Hide
        </Button>
      }
    >
      <ol className="first-steps">
        {steps.map(({ to, label, hint, done }) => (
          <li key={to} data-done={done}>
            {done ? <CheckCircleFilled aria-label="Done" /> : <span className="first-open" aria-hidden />}
            <span className="stack">
              <Link to={to}>{label}</Link>
              <small>{hint}</small>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
