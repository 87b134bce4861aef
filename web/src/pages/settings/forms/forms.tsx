/** The forms of our websites. */
import { Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import { CommandForm } from '../../../shared/command-form.tsx';
import { Dialog } from '../../../shared/dialog.tsx';
import type { Column } from '../../../shared/records.tsx';
import { When } from '../../../shared/when.tsx';
import { SettingsList } from '../settings-list.tsx';

type SiteForm = Output<'form.list'>['items'][number];

const columns: Column<SiteForm>[] = [
  {
    key: 'name',
    title: 'Form',
    card: 'title',
    width: '28%',
    render: ({ name }) => name,
  },
  {
    key: 'state',
    title: 'State',
    card: 'aside',
    width: '12%',
    render: ({ isOn }) => (
      <span className="state" data-ok={isOn}>
        {isOn ? 'On' : 'Off'}
      </span>
    ),
  },
  {
    key: 'sites',
    title: 'Sites',
    card: 'inline',
    width: '26%',
    render: ({ allowedOrigins }) => (
      <span className="wrap">{allowedOrigins.includes('*') ? 'Any site' : allowedOrigins.join(', ')}</span>
    ),
  },
  {
    key: 'taken',
    title: 'Filled in',
    card: 'inline',
    render: ({ taken, spam, lastAt }) => (
      <>
        {taken} {lastAt && <When at={lastAt} as="ago" />}
        {spam > 0 && <span className="none"> · {spam} by machines, dropped</span>}
      </>
    ),
  },
];

export default function Forms() {
  const { may } = useSession();
  const go = useNavigate();
  return (
    <SettingsList<SiteForm>
      note="A form for your website in one line to paste. Whoever fills it in becomes an enquiry with its verdict and its caller, and is answered at once."
      label="Website forms"
      columns={columns}
      list={useAsk('form.list', {})}
      href={({ id }) => `/settings/forms/${id}`}
      empty={{
        title: 'No form yet',
        hint: 'Make one, choose what it asks, and paste its line into a page of your website.',
      }}
      add={may('form.create') && 'New form'}
      dialog={(open, close) => (
        <Dialog open={open} title="New form" onClose={close} width={480}>
          <CommandForm<'form.create', { name: string }>
            command="form.create"
            input={(values) => values}
            initial={{ name: '' }}
            submit="Make the form"
            onDone={({ form }) => go(`/settings/forms/${form.id}`)}
          >
            <Form.Item name="name" label="Name" rules={[{ required: true, message: 'What is it called?' }]}>
              <Input maxLength={80} placeholder="Contact page" />
            </Form.Item>
          </CommandForm>
        </Dialog>
      )}
    />
  );
}
