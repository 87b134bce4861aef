/** Where leads come in by themselves: Google's forms, portals, other programs. */
import { useNavigate } from 'react-router';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import type { Column } from '../../../shared/records.tsx';
import { When } from '../../../shared/when.tsx';
import { SettingsList } from '../settings-list.tsx';
import { NewSource } from './new-source.tsx';
import '../../../styles/sources.css';

type Source = Output<'source.list'>['items'][number];
export const kindLabels = { google: 'Google lead forms', api: 'Signed API' };

const columns: Column<Source>[] = [
  {
    key: 'name',
    title: 'Source',
    card: 'title',
    width: '24%',
    render: ({ name }) => name,
  },
  { key: 'kind', title: 'How', card: 'inline', width: '18%', render: ({ kind }) => kindLabels[kind] },
  { key: 'source', title: 'Leads say', card: 'inline', width: '18%', render: ({ source }) => source },
  {
    key: 'state',
    title: 'State',
    card: 'aside',
    width: '14%',
    render: ({ isOn, fault }) => (
      <span className="state" data-ok={isOn && !fault}>
        {!isOn ? 'Off' : fault ? 'Turned away' : 'On'}
      </span>
    ),
  },
  {
    key: 'last',
    title: 'Last delivery',
    render: ({ lastAt, fault }) => (
      <>
        {lastAt ? <When at={lastAt} as="ago" /> : <span className="none">None yet</span>}
        {fault && <span className="source-fault">{fault.words}</span>}
      </>
    ),
  },
];

export default function Sources() {
  const { may } = useSession();
  const go = useNavigate();
  return (
    <SettingsList<Source>
      note="Leads from Google's forms, portals and your own programs come in here, get their verdict and their caller like all others."
      label="Lead sources"
      columns={columns}
      list={useAsk('source.list', {})}
      href={({ id }) => `/settings/sources/${id}`}
      empty={{
        title: 'No source yet',
        hint: "Make one to get an address and a secret for Google Ads, a portal or a program of yours. Facebook's lead forms come by the page itself.",
      }}
      add={may('source.create') && 'New source'}
      dialog={(open, close) => (
        <NewSource open={open} onClose={close} onDone={(id) => go(`/settings/sources/${id}`)} />
      )}
    />
  );
}
