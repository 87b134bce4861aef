/** Competitors over all leads: where we meet them, how it ends, what they ask for. */
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Choice } from '../../shared/filters.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { asIs, useChoices } from '../../shared/use-choices.ts';
import { useFilters } from '../../shared/use-filters.ts';
import { When } from '../../shared/when.tsx';

type Competitor = Output<'competitor.market'>['items'][number] & { id?: string };

export default function Market() {
  const { products } = useChoices();
  const { chosen, choose } = useFilters();
  const { product } = chosen;
  const { data, error, refetch } = useAsk(
    'competitor.market',
    { ...(product && { product }) },
    { keep: true },
  );
  return (
    <Page wide title="Competitors" note="What clients say of others, over the leads that you may see.">
      <div className="filters">
        <Choice
          name="product"
          label="Product"
          any="All products"
          options={asIs(products)}
          chosen={chosen}
          onChange={choose}
        />
      </div>
      <Records<Competitor>
        label="Competitors"
        items={data?.items}
        keyOf={({ competitor }) => competitor}
        error={error}
        retry={() => void refetch()}
        columns={columns}
        empty={
          <Nothing
            title="No competitor is noted yet"
            hint="On a lead, under Competitors, note who else the client looks at, their rates and where the client ranks them."
          />
        }
      />
    </Page>
  );
}

const columns: Column<Competitor>[] = [
  { key: 'competitor', title: 'Competitor', card: 'title', render: ({ competitor }) => competitor },
  { key: 'leads', title: 'Leads', card: 'aside', render: ({ leads }) => leads },
  { key: 'open', title: 'Open', card: 'inline', render: ({ open }) => `${open} open` },
  { key: 'won', title: 'We won', card: 'inline', render: ({ won }) => `${won} won` },
  { key: 'lost', title: 'We lost', card: 'inline', render: ({ lost }) => `${lost} lost` },
  { key: 'rank', title: 'Mean rank', card: 'inline', render: ({ rank }) => rank && `rank ${rank}` },
  {
    key: 'rates',
    title: 'Rates told last',
    render: ({ rates }) =>
      rates.slice(0, 3).map(({ rates: said, product, at, leadNumber }) => (
        <div key={`${at}${leadNumber}`}>
          {said}
          {product && ` for ${product}`}, #{leadNumber}, <When at={at} />
        </div>
      )),
  },
];
