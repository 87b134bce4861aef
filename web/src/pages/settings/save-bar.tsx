/** Stays in sight while something is not saved; says so when somebody else was quicker. */
import { Alert, Button } from 'antd';
import type { Draft } from './use-draft.ts';
import '../../styles/assignment.css';

export function SaveBar({ draft, by }: { draft: Draft; by?: string }) {
  if (!draft.changed) return null;
  return (
    <section className="save-bar" aria-label="Not saved yet">
      {draft.overtaken ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          message={`${by ?? 'Somebody'} has saved a change meanwhile. What you entered is still here.`}
        />
      ) : (
        draft.problem && <Alert type="error" showIcon role="alert" message={draft.problem} />
      )}
      <span>Not saved yet.</span>
      <Button onClick={draft.discard} disabled={draft.busy}>
        {draft.overtaken ? 'Take theirs' : 'Discard'}
      </Button>
      <Button type="primary" loading={draft.busy} onClick={() => void draft.save(draft.overtaken)}>
        {draft.overtaken ? 'Save mine over it' : 'Save'}
      </Button>
    </section>
  );
}
