/** What becomes of whom we know already, whose the new leads are, and what stands where the file says nothing. */
import { Checkbox, Input, Radio, Select } from 'antd';
import { asOptions, useChoices } from '../../shared/use-choices.ts';
import type { Import, Plan } from './words.ts';

type Props = { file: Import; plan: Plan; onChange: (part: Partial<Plan>) => void };

export function Policy({ file, plan, onChange }: Props) {
  const { sources } = useChoices();
  const { assignees, byRules } = file;
  const owners = [
    ...(byRules ? [{ value: 'rules', label: 'Whose turn it is, by the rules' }] : []),
    ...assignees.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <div className="import-policy">
      <fieldset>
        <legend>Somebody with an open lead</legend>
        <Radio.Group
          value={plan.known}
          onChange={({ target }) => onChange({ known: target.value })}
          options={[
            { value: 'add', label: 'Add an enquiry to their lead' },
            { value: 'fill', label: 'Fill in what their lead lacks' },
            { value: 'skip', label: 'Leave the row out' },
          ]}
        />
      </fieldset>
      <fieldset>
        <legend>Somebody whose lead is closed or silent</legend>
        <Radio.Group
          value={plan.silent}
          onChange={({ target }) => onChange({ silent: target.value })}
          options={[
            { value: 'reopen', label: 'Bring the lead back (Re-engaged)' },
            { value: 'skip', label: 'Leave the row out' },
          ]}
        />
      </fieldset>
      <div className="import-fields">
        {owners.length > 1 && (
          <label htmlFor="import-new">
            New leads go to
            <Select
              id="import-new"
              showSearch
              optionFilterProp="label"
              value={plan.assignTo ?? (byRules ? 'rules' : assignees[0]?.id)}
              options={owners}
              onChange={(assignTo) => onChange({ assignTo })}
            />
          </label>
        )}
        <label htmlFor="import-source">
          Source, where a row has none
          <Select
            id="import-source"
            showSearch
            value={plan.source}
            options={asOptions(
              [...new Set(['Import', plan.source, ...sources])].map((key) => ({ key, label: key })),
            )}
            onChange={(source) => onChange({ source })}
          />
        </label>
        <label htmlFor="import-campaign">
          Campaign
          <Input
            id="import-campaign"
            value={plan.campaign ?? ''}
            maxLength={200}
            placeholder="e.g. Spring exhibition"
            onChange={({ target }) => onChange({ campaign: target.value || undefined })}
          />
        </label>
      </div>
      <Checkbox checked={plan.keepRest} onChange={({ target }) => onChange({ keepRest: target.checked })}>
        Keep the columns that are left out in the note
      </Checkbox>
    </div>
  );
}
