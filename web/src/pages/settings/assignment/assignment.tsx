/** Who gets new leads: the rules in their order, then the turns; everybody's share; and what comes of it, tried out. */
import { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import { Failure } from '../../../shared/failure.tsx';
import { useChoices } from '../../../shared/use-choices.ts';
import { Waiting } from '../../../shared/waiting.tsx';
import { SaveBar } from '../save-bar.tsx';
import { SettingsPage } from '../settings-page.tsx';
import { useDraft } from '../use-draft.ts';
import { People } from './people.tsx';
import { RuleList } from './rule-list.tsx';
import { TryIt } from './try-it.tsx';
import { Turns } from './turns.tsx';
import type { Names, Settings } from './words.ts';
import '../../../styles/assignment.css';

export default function Assignment() {
  const { data, error, refetch } = useAsk('assignment.get', {}, { keep: true });
  return (
    <SettingsPage wide note="Who gets a new lead. A change holds from the next one on.">
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data && <Waiting />}
      {data && <Editor saved={data} />}
    </SettingsPage>
  );
}

function Editor({ saved }: { saved: Settings }) {
  const { may } = useSession();
  const names = useNames();
  const edit = useDraft(
    saved,
    'assignment.save',
    ({ version: _, changedBy: __, ...settings }, expected) => ({ ...settings, expected }),
    'Saved. It holds from the next lead on.',
  );
  const fixed = !may('assignment.save');
  const part = { settings: edit.draft, change: edit.change, fixed, names };
  return (
    <div className="assignment">
      <div>
        <RuleList {...part} />
        <Turns {...part} />
      </div>
      <TryIt settings={edit.draft} changed={edit.changed} />
      <People {...part} />
      <SaveBar draft={edit} by={saved.changedBy} />
    </div>
  );
}

/** What the ids in the rules are called. */
function useNames(): Names {
  const users = useAsk('user.list', {}, { keep: true }).data?.items ?? [];
  const teams = useAsk('team.list', {}, { keep: true }).data?.items ?? [];
  const { roles } = useChoices();
  return {
    users: new Map(users.filter(({ active }) => active).map(({ id, name }) => [id, name])),
    teams: new Map(teams.map(({ id, name }) => [id, name])),
    roles: new Map(roles.map(({ key, label }) => [key, label])),
  };
}

export type PartProps = {
  settings: Settings;
  change: (part: Partial<Settings>) => void;
  fixed: boolean;
  names: Names;
};
