import { AutoComplete, Form, Input, InputNumber } from 'antd';
import { useAsk } from '../../api/use-ask.ts';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useChoices } from '../../shared/use-choices.ts';
import type { Offer } from './on-lead.tsx';

type Values = { competitor: string; product?: string; rates?: string; rank?: number; note?: string };
type Props = { leadId: string; offer: Offer | undefined; onClose: () => void };

export function CompetitorDialog({ leadId, offer, onClose }: Props) {
  return (
    <Dialog open title={offer ? offer.competitor : 'A competitor on this lead'} onClose={onClose}>
      {offer ? (
        <CommandForm<'competitor.update', Values>
          command="competitor.update"
          input={({ competitor, product, rates, rank, note }) => ({
            id: offer.id,
            competitor,
            product: product?.trim() || null,
            rates: rates?.trim() || null,
            rank: rank ?? null,
            note: note?.trim() || null,
          })}
          initial={offer}
          submit="Keep"
          done="Noted."
          touches={['contact']}
          onDone={onClose}
        >
          <Fields />
        </CommandForm>
      ) : (
        <CommandForm<'competitor.add', Values>
          command="competitor.add"
          input={(values) => ({
            leadId,
            competitor: values.competitor,
            ...Object.fromEntries(Object.entries(values).filter(([, value]) => value)),
          })}
          submit="Note it"
          done="Noted."
          touches={['contact']}
          onDone={onClose}
        >
          <Fields />
        </CommandForm>
      )}
    </Dialog>
  );
}

function Fields() {
  const { products } = useChoices();
  const { data } = useAsk('competitor.market', {}, { keep: true });
  const options = (values: string[]) => values.map((value) => ({ value }));
  const contains = (typed: string, option?: { value: string }) =>
    option?.value.toLowerCase().includes(typed.toLowerCase()) ?? false;
  return (
    <>
      <Form.Item name="competitor" label="Competitor" rules={[{ required: true, message: 'Who is it?' }]}>
        <AutoComplete
          options={options(data?.items.map(({ competitor }) => competitor) ?? [])}
          filterOption={contains}
          maxLength={120}
        />
      </Form.Item>
      <Form.Item name="product" label="For which product">
        <AutoComplete options={options(products)} filterOption={contains} maxLength={200} />
      </Form.Item>
      <Form.Item name="rates" label="Their rates">
        <Input maxLength={200} placeholder="as the client told it" />
      </Form.Item>
      <Form.Item name="rank" label="Where the client ranks them" extra="1 is their first choice.">
        <InputNumber min={1} max={20} precision={0} />
      </Form.Item>
      <Form.Item name="note" label="Other market information">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </>
  );
}
