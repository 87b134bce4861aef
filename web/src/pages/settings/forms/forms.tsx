/** The forms of our websites. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import { CommandForm } from '../../../shared/command-form.tsx';
import { Dialog } from '../../../shared/dialog.tsx';
import { Nothing } from '../../../shared/nothing.tsx';
import { Page } from '../../../shared/page.tsx';
import { type Column, Records } from '../../../shared/records.tsx';
import { When } from '../../../shared/when.tsx';
import { SettingsTabs } from '../settings-tabs.tsx';

type SiteForm = Output<'form.list'>['items'][number];

const columns: Column<SiteForm>[] = [
  {
    key: 'name',
    title: 'Form',
    card: 'title',
    width: '28%',
    render: ({ id, name }) => <Link to={`/settings/forms/${id}`}>{name}</Link>,
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
  const [adds, setAdds] = useState(false);
  const { data, error, refetch } = useAsk('form.list', {});
  return (
    <Page
      title="Settings"
      note="A form for your website in one line to paste. Whoever fills it in becomes an enquiry with its verdict and its caller, and is answered at once."
      actions={
        may('form.create') && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdds(true)}>
            New form
          </Button>
        )
      }
    >
      <SettingsTabs />
      <Records<SiteForm>
        label="Website forms"
        columns={columns}
        items={data?.items}
        keyOf={({ id }) => id}
        error={error}
        retry={() => void refetch()}
        empty={
          <Nothing
            title="No form yet"
            hint="Make one, choose what it asks, and paste its line into a page of your website."
          />
        }
      />
      <Dialog open={adds} title="New form" onClose={() => setAdds(false)} width={480}>
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
    </Page>
  );
}
