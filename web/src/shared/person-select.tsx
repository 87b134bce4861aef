import { Select } from 'antd';
import { useAsk } from '../api/use-ask.ts';

/** People one may assign to; absent ones say so. */
export function PersonSelect({
  id,
  value,
  onChange,
  placeholder = 'Choose a colleague',
  allowClear,
  width,
}: {
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
  placeholder?: string;
  allowClear?: boolean;
  width?: number | string;
}) {
  const { data, isLoading } = useAsk('user.assignees', {}, { keep: true });
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      loading={isLoading}
      placeholder={placeholder}
      allowClear={allowClear}
      showSearch
      optionFilterProp="label"
      aria-label={placeholder}
      style={{ width: width ?? '100%' }}
      notFoundContent={isLoading ? 'Loading…' : 'Nobody you may assign to'}
      options={data?.items.map((user) => ({
        value: user.id,
        label: user.absent ? `${user.name} (absent)` : user.name,
      }))}
    />
  );
}
