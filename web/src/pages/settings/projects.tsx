/** Projects: who works in each, whose its customers are, which enquiries it takes. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import type { Input as InputOf, Output, User } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { asIs, useChoices } from '../../shared/use-choices.ts';
import { policies } from './teams.tsx';

type Project = Output<'project.list'>['items'][number];

const criteria = ['product', 'source', 'city', 'campaign', 'industry', 'segment', 'size'] as const;
const words: Record<(typeof criteria)[number], string> = {
  product: 'Product',
  source: 'Source',
  city: 'Area',
  campaign: 'Campaign',
  industry: 'Industry',
  segment: 'Customer type',
  size: 'Size',
};
const takes = ({ active, when }: Project): string => {
  if (!active) return 'Ended';
  const named = criteria.flatMap((name) => when[name]?.join(' or ') ?? []);
  return named.join(', ') || 'What is put into it';
};

export function Projects({ users }: { users: User[] }) {
  const { may } = useSession();
  const { data, error, refetch } = useAsk('project.list', {}, { keep: true });
  const [edited, setEdited] = useState<Project | 'new'>();
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const columns: Column<Project>[] = [
    {
      key: 'name',
      title: 'Project',
      card: 'title',
      width: '20%',
      render: ({ name }) => <strong>{name}</strong>,
    },
    {
      key: 'people',
      title: 'People',
      render: ({ memberIds }) => memberIds.map((id) => names.get(id) ?? 'Somebody').join(', ') || '–',
    },
    {
      key: 'ownership',
      title: 'Its customers are',
      render: ({ ownership }) => (
        <span className="wrap">{policies.find(({ value }) => value === ownership)?.label}</span>
      ),
    },
    { key: 'takes', title: 'Takes', render: takes },
    {
      key: 'do',
      title: '',
      card: 'aside',
      width: 110,
      render: (project) =>
        may('project.update') && (
          <Button size="small" onClick={() => setEdited(project)}>
            Change
          </Button>
        ),
    },
  ];
  return (
    <Panel
      id="projects"
      title="Projects"
      count={data?.items.length}
      actions={
        may('project.create') && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
            New project
          </Button>
        )
      }
    >
      <Records<Project>
        label="Projects"
        columns={columns}
        items={data?.items}
        error={error}
        retry={() => void refetch()}
        empty={
          <Nothing
            title="No projects"
            hint="A project has its own people and says whose its customers are: shared by all of them, or each one’s own."
          />
        }
      />
      {edited && (
        <ProjectDialog
          project={edited === 'new' ? undefined : edited}
          users={users}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Panel>
  );
}

type Values = Pick<Project, 'name' | 'ownership' | 'memberIds' | 'active'> & Project['when'];

function ProjectDialog({
  project,
  users,
  onClose,
}: {
  project: Project | undefined;
  users: User[];
  onClose: () => void;
}) {
  const { sources, products } = useChoices();
  const known: Partial<Record<string, string[]>> = { source: sources, product: products };
  const people = users.filter(({ id, active }) => active || project?.memberIds.includes(id));
  const fields = ({ name, ownership, memberIds, ...rest }: Values) => ({
    name,
    ownership,
    memberIds: memberIds ?? [],
    when: Object.fromEntries(criteria.flatMap((key) => (rest[key]?.length ? [[key, rest[key]]] : []))),
  });
  const form = (
    <>
      <Form.Item name="name" label="Name" rules={[{ required: true, message: 'A name' }]}>
        <Input maxLength={80} autoFocus placeholder="Metro line 2" />
      </Form.Item>
      <Form.Item
        name="memberIds"
        label="Who works in it"
        extra="Its new leads go to those of them who take turns."
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          placeholder="Nobody yet"
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="ownership" label="Its customers are">
        <Select options={policies} />
      </Form.Item>
      <p className="form-hint">Enquiries with all of these come into it by themselves:</p>
      <div className="two">
        {criteria.map((name) => (
          <Form.Item key={name} name={name} label={words[name]}>
            <Select mode="tags" placeholder="Any" options={asIs(known[name] ?? [])} />
          </Form.Item>
        ))}
      </div>
      {project && (
        <Form.Item
          name="active"
          label="Takes leads"
          valuePropName="checked"
          extra="Ended, it keeps those that it has."
        >
          <Switch aria-label="Takes leads" />
        </Form.Item>
      )}
    </>
  );
  return (
    <Dialog open onClose={onClose} title={project ? project.name : 'New project'} width={600}>
      {project ? (
        <CommandForm<'project.update', Values>
          command="project.update"
          input={(values): InputOf<'project.update'> => ({
            projectId: project.id,
            ...fields(values),
            active: values.active,
          })}
          initial={{ ...project, ...project.when }}
          submit="Save"
          done="Changed, for everybody now."
          touches={['lead', 'user']}
          onDone={onClose}
        >
          {form}
        </CommandForm>
      ) : (
        <CommandForm<'project.create', Values>
          command="project.create"
          input={fields}
          initial={{ ownership: 'shared', memberIds: [] }}
          submit="Add the project"
          done={({ project: made }) => `${made.name} is added.`}
          onDone={onClose}
        >
          {form}
        </CommandForm>
      )}
    </Dialog>
  );
}
