/** The steps as they are written: for whoever changes more than words. Kept in the draft, checked as a whole. */
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';

export function Structure({ name, structure }: { name: string; structure: string }) {
  const { may } = useSession();
  const [own, setOwn] = useState<string>();
  const { act, busy } = useAct('flow.saveDraft', ({ faults: found }) =>
    found.length ? 'Kept in the draft, which has something to mend.' : 'Kept in the draft.',
  );
  const mayEdit = may('flow.saveDraft');
  const isChanged = own !== undefined && own !== structure;
  const save = async () => {
    const kept = own !== undefined && (await act({ name, structure: own }));
    // What could not be read stays as it was written here, to be mended.
    if (kept && !kept.faults.length) setOwn(undefined);
  };
  return (
    <div className="step-panel">
      <p className="form-note">
        Steps, what they ask and where they lead, as YAML. The guide describes every kind of step.
      </p>
      <Input.TextArea
        aria-label="Steps as YAML"
        className="structure-text"
        autoSize={{ minRows: 14, maxRows: 24 }}
        maxLength={200_000}
        spellCheck={false}
        readOnly={!mayEdit}
        value={own ?? structure}
        onChange={({ target }) => setOwn(target.value)}
      />
      {mayEdit && isChanged && (
        <div className="text-tools">
          <Button size="small" onClick={() => setOwn(undefined)}>
            As it was
          </Button>
          <Button size="small" type="primary" loading={busy} onClick={() => void save()}>
            Keep in the draft
          </Button>
        </div>
      )}
    </div>
  );
}
