/** `/access/Lead/<id>`: who can see this record, and why. */
import { useParams } from 'react-router';
import type { Input, Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';

type Person = Output<'user.access'>['items'][number] & { id?: string };

const columns: Column<Person>[] = [
  { key: 'name', title: 'Name', card: 'title', width: '22%', render: ({ name }) => name },
  { key: 'role', title: 'Role', width: '18%', render: ({ role }) => role },
  {
    key: 'allowed',
    title: 'Sees it',
    card: 'aside',
    width: '12%',
    render: ({ allowed }) => (
      <span className="state" data-ok={allowed}>
        {allowed ? 'Yes' : 'No'}
      </span>
    ),
  },
  { key: 'why', title: 'Why', render: ({ why }) => why },
];

export default function Access() {
  const { kind = '', recordId = '' } = useParams();
  const input = { kind, recordId, action: 'read' } as Input<'user.access'>;
  const { data, error, refetch } = useAsk('user.access', input);
  return (
    <Page wide title="Who can see this record">
      <Records<Person>
        label="Who can see this record"
        columns={columns}
        items={data?.items}
        keyOf={({ userId }) => userId}
        error={error}
        retry={() => void refetch()}
        empty={<Nothing title="Nobody" hint="No colleague of yours can see this record." />}
      />
    </Page>
  );
}
