/** The draft, played: write or press as a customer would. Nothing is stored or sent. */
import { SendOutlined } from '@ant-design/icons';
import { Button, Collapse, Dropdown, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Input as InputOf } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import type { Tried } from './types.ts';

type Turn = InputOf<'flow.try'>['turns'][number];
const waits = ['10 minutes', '2 hours', '1 day', '3 days'];

export function TryOut({ name, onStep }: { name: string; onStep: (step: string | undefined) => void }) {
  const [turns, setTurns] = useState<Turn[]>([]);
  const [channel, setChannel] = useState('webchat');
  const [words, setWords] = useState('');
  const end = useRef<HTMLLIElement>(null);
  const { data, error, isFetching, refetch } = useAsk(
    'flow.try',
    { name, draft: true, channel, turns },
    { enabled: turns.length > 0, keep: true },
  );
  const tried = turns.length ? data : undefined;
  const step = tried?.flow === name ? tried.step : undefined;
  useEffect(() => onStep(step), [step, onStep]);
  const said = tried?.lines.length;
  useEffect(() => {
    if (said) end.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);
  const add = (turn: Turn) => setTurns([...turns, turn]);
  const send = () => {
    if (!words.trim() || isFetching) return;
    add({ text: words.trim() });
    setWords('');
  };
  return (
    <div className="try-out">
      <div className="try-tools">
        <Select
          aria-label="On which channel"
          size="small"
          value={channel}
          onChange={setChannel}
          options={[
            { value: 'webchat', label: 'Web chat' },
            { value: 'whatsapp', label: 'WhatsApp' },
            { value: 'email', label: 'E-mail' },
          ]}
        />
        <Dropdown
          disabled={!turns.length}
          menu={{
            items: waits.map((wait) => ({ key: wait, label: wait })),
            onClick: ({ key }) => add({ wait: key }),
          }}
        >
          <Button size="small">Let time pass</Button>
        </Dropdown>
        <Button size="small" disabled={!turns.length} onClick={() => setTurns(turns.slice(0, -1))}>
          Take back
        </Button>
        <Button size="small" disabled={!turns.length} onClick={() => setTurns([])}>
          Begin again
        </Button>
      </div>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!turns.length && (
        <Nothing
          title="Write as a customer would"
          hint="For example: Hi, I need a CRM for 20 people. The draft answers; nothing is stored or sent."
        />
      )}
      {tried && !error && (
        <ol className="try-talk" aria-label="The talk" aria-live="polite">
          {tried.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the talk is played from its beginning each time
            <Line key={i} line={line} press={i === tried.lines.length - 1 ? add : undefined} />
          ))}
          {tried.mode === 'human' && <li data-direction="time">A colleague has it now</li>}
          <li ref={end} />
        </ol>
      )}
      <div className="try-write">
        <Input
          aria-label="As the customer"
          placeholder="As the customer"
          maxLength={4000}
          value={words}
          onChange={({ target }) => setWords(target.value)}
          onPressEnter={send}
        />
        <Button
          type="primary"
          aria-label="Say it"
          icon={<SendOutlined aria-hidden />}
          loading={isFetching && turns.length > 0}
          onClick={send}
        />
      </div>
      {tried && <Behind tried={tried} />}
    </div>
  );
}

function Line({ line, press }: { line: Tried['lines'][number]; press?: (turn: Turn) => void }) {
  return (
    <li data-direction={line.direction}>
      <span className="try-words">{line.direction === 'time' ? `${line.text} later` : line.text}</span>
      {line.choices && (
        <span className="try-choices">
          {line.choices.map(({ label, value }) => (
            <Button
              key={value}
              size="small"
              disabled={!press}
              onClick={() => press?.({ press: value, label })}
            >
              {label}
            </Button>
          ))}
        </span>
      )}
    </li>
  );
}

/** What the engine has understood and would do. */
function Behind({ tried }: { tried: Tried }) {
  const known = Object.entries(tried.vars).filter(([, value]) => value !== null && value !== undefined);
  return (
    <Collapse
      size="small"
      ghost
      items={[
        {
          key: 'known',
          label: `At ${tried.step}${tried.calls.length ? `, ${tried.calls.length} commands` : ''}`,
          children: (
            <dl className="try-known">
              {known.map(([key, value]) => (
                <div key={key}>
                  <dt>{key}</dt>
                  <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
                </div>
              ))}
              {tried.calls.map(({ command, input }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a list that is only shown
                <div key={i}>
                  <dt>would run</dt>
                  <dd title={JSON.stringify(input)}>{command}</dd>
                </div>
              ))}
            </dl>
          ),
        },
      ]}
    />
  );
}
