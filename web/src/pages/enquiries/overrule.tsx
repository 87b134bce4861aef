import { DownOutlined } from '@ant-design/icons';
import { Dropdown } from 'antd';
import type { Enquiry, Verdict } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { VerdictTag, verdictWords } from '../../shared/lead-bits.tsx';
import { useAct } from '../../shared/use-act.ts';

/** The verdict; a press offers the other three, and the choice is the correction. */
export function Overrule({ enquiry }: { enquiry: Pick<Enquiry, 'id' | 'verdict' | 'overruled'> }) {
  const { may } = useSession();
  const { act, busy } = useAct(
    'enquiry.overrule',
    ({ enquiry: changed }) => `Corrected to ${verdictWords[changed.verdict]}. The correction is kept.`,
  );
  const by =
    enquiry.overruled && `Was ${verdictWords[enquiry.overruled.from]}; corrected by ${enquiry.overruled.by}`;
  if (!may('enquiry.overrule')) return <VerdictTag verdict={enquiry.verdict} />;
  const items = (Object.keys(verdictWords) as Verdict[])
    .filter((verdict) => verdict !== enquiry.verdict)
    .map((verdict) => ({
      key: verdict,
      label: `No, it is ${verdictWords[verdict]}`,
      onClick: () => void act({ enquiryId: enquiry.id, verdict }),
    }));
  return (
    <span className="overrule">
      <Dropdown menu={{ items }} trigger={['click']} disabled={busy}>
        <button
          type="button"
          className="verdict-button"
          aria-label={`Verdict ${verdictWords[enquiry.verdict]}; correct it`}
          title={by ?? 'Wrong? Correct it'}
        >
          <VerdictTag verdict={enquiry.verdict} />
          <DownOutlined aria-hidden />
        </button>
      </Dropdown>
      {by && <small className="none">{by}</small>}
    </span>
  );
}
