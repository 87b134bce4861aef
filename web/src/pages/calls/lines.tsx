import { Button, Form, Input } from 'antd';
import { useAsk } from '../../api/use-ask.ts';
import { CommandForm } from '../../shared/command-form.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';

type Line = { id?: string; line: string; userId: string; name: string };

/** Calls over a line are logged as those of its colleague. */
export function Lines() {
  const { data, error, refetch } = useAsk('line.list', {}, { keep: true });
  const remove = useAct('line.remove', 'The line is nobody’s now.');
  return (
    <div className="lines">
      <Panel id="lines" title="Whose telephone is whose" count={data?.items.length ?? 0}>
        <Records<Line>
          label="Telephone lines"
          items={data?.items}
          keyOf={({ line }) => line}
          error={error}
          retry={() => void refetch()}
          columns={[
            { key: 'line', title: 'Line', card: 'title', render: ({ line }) => line },
            { key: 'name', title: 'Colleague', card: 'inline', render: ({ name }) => name },
            {
              key: 'do',
              title: '',
              card: 'aside',
              render: ({ line, name }) => (
                <Button
                  size="small"
                  danger
                  disabled={remove.busy}
                  aria-label={`Take ${line} from ${name}`}
                  onClick={() => void remove.act({ line })}
                >
                  Take away
                </Button>
              ),
            },
          ]}
          empty={
            <Nothing
              title="No lines yet"
              hint="Say whose number, extension or softphone is whose: their calls then log themselves."
            />
          }
        />
      </Panel>
      <Panel id="new-line" title="Add a line">
        <div className="lines-form">
          <CommandForm<'line.give', { line: string; userId: string }>
            command="line.give"
            input={(values) => values}
            initial={{ line: '' }}
            submit="Give the line"
            done="The line is given."
          >
            <Form.Item
              name="line"
              label="Number, extension or client:name"
              rules={[{ required: true, message: 'Which line?' }]}
            >
              <Input maxLength={80} placeholder="+91 99000 11122" />
            </Form.Item>
            <Form.Item name="userId" label="Colleague" rules={[{ required: true, message: 'Whose is it?' }]}>
              <PersonSelect />
            </Form.Item>
          </CommandForm>
        </div>
      </Panel>
    </div>
  );
}
