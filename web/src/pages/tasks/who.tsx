/** Whoever has the lead, their manager, or somebody named: as rules and plans say it. */
import { Select } from 'antd';
import { ColleagueSelect } from './colleague-select.tsx';

type Props = { id?: string; value?: string; onChange?: (who: string) => void; label: string };

export function Who({ id, value = 'caller', onChange, label }: Props) {
  const isNamed = value !== 'caller' && value !== 'manager';
  return (
    <>
      <Select
        id={id}
        aria-label={label}
        options={[
          { value: 'caller', label: 'Whoever has the lead' },
          { value: 'manager', label: 'Their manager' },
          { value: '', label: 'Somebody named' },
        ]}
        value={isNamed ? '' : value}
        onChange={(who) => onChange?.(who)}
      />
      {isNamed && (
        <ColleagueSelect
          value={value || undefined}
          onChange={((id: string) => onChange?.(id ?? '')) as never}
        />
      )}
    </>
  );
}
