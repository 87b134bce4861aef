import { Form, Input } from 'antd';
import { PersonSelect } from './person-select.tsx';

/** To whom something is given, and why. */
export const AssignFields = () => (
  <>
    <Form.Item
      name="assigneeId"
      label="Colleague"
      rules={[{ required: true, message: 'Choose a colleague' }]}
    >
      <PersonSelect />
    </Form.Item>
    <Reason />
  </>
);

export const Reason = () => (
  <Form.Item name="reason" label="Why, for whoever gets it">
    <Input.TextArea rows={2} maxLength={500} placeholder="Asks for a special price" />
  </Form.Item>
);
