import { Select } from 'antd';
import { useAsk } from '../../api/use-ask.ts';

type Props = {
  id?: string;
  value?: string | string[];
  onChange?: (id: never) => void;
  several?: boolean;
  placeholder?: string;
};

/** Anybody in the house: whoever may give tasks gives them to anyone. */
export function ColleagueSelect({ id, value, onChange, several, placeholder = 'Choose a colleague' }: Props) {
  const { data, isLoading } = useAsk('task.people', {}, { keep: true });
  return (
    <Select
      id={id}
      value={value as never}
      onChange={onChange}
      loading={isLoading}
      placeholder={placeholder}
      aria-label={placeholder}
      mode={several ? 'multiple' : undefined}
      showSearch
      allowClear
      optionFilterProp="label"
      style={{ width: '100%' }}
      options={data?.items.map((person) => ({
        value: person.id,
        label: person.absent ? `${person.name} (absent)` : person.name,
      }))}
    />
  );
}
