import { AutoComplete, Form, Input } from 'antd';
import { useChoices } from '../shared/use-choices.ts';

/** The particulars of a lead, the same when it is added and when it is corrected. */
export function LeadFields() {
  const { products, sources } = useChoices();
  return (
    <>
      <Form.Item name="name" label="Name" rules={[{ required: true, message: 'How are they called?' }]}>
        <Input maxLength={120} autoFocus autoComplete="off" />
      </Form.Item>
      <div className="two">
        <Form.Item name="phone" label="Telephone">
          <Input type="tel" maxLength={40} placeholder="98450 12345" autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label="E-mail">
          <Input type="email" maxLength={320} autoComplete="off" />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name="product" label="Looking for">
          <AutoComplete options={products.map((value) => ({ value }))} filterOption maxLength={200} />
        </Form.Item>
        <Form.Item name="city" label="City">
          <Input maxLength={120} />
        </Form.Item>
      </div>
      <div className="three">
        <Form.Item name="industry" label="Industry">
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="segment" label="Segment">
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="size" label="Size">
          <Input maxLength={120} placeholder="e.g. 50 people" />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name="quantity" label="Quantity">
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="budget" label="Budget">
          <Input maxLength={80} placeholder="2 lakh" />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name="source" label="Source" extra="Where they heard of us">
          <AutoComplete options={sources.map((value) => ({ value }))} filterOption maxLength={80} />
        </Form.Item>
        <Form.Item name="campaign" label="Campaign">
          <Input maxLength={200} />
        </Form.Item>
      </div>
    </>
  );
}
