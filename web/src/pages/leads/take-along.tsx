/** The leads of this list as a file: what was chosen, as far as one may take it along. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { Input } from '../../api/operations.ts';
import { useAct } from '../../shared/use-act.ts';

type Filter = Omit<Input<'lead.export'>, 'format'>;

export function TakeAlong({ filter }: { filter: Filter }) {
  const { act, busy } = useAct(
    'lead.export',
    ({ total }) => `${total.toLocaleString('en-IN')} leads are being written.`,
  );
  const take = async (format: 'csv' | 'xlsx') => {
    const made = await act({ ...filter, format });
    if (made) window.location.assign(made.path);
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'csv', label: 'CSV' },
          { key: 'xlsx', label: 'Excel workbook' },
        ],
        onClick: ({ key }) => void take(key as 'csv' | 'xlsx'),
      }}
    >
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy}>
        Export
      </Button>
    </Dropdown>
  );
}
