import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { Dialog } from '../../../shared/dialog.tsx';

type Days = { from: string; to: string };
type Props = {
  name?: string;
  days?: Days[];
  onKeep: (days: Days[]) => void;
  onClose: () => void;
};

/** Holidays that are known beforehand: no lead comes from the first day to the last. */
export function DaysOff({ name, days, onKeep, onClose }: Props) {
  return (
    <Dialog open={name !== undefined} onClose={onClose} title={`Days off of ${name ?? ''}`}>
      <Form<{ days: Days[] }>
        layout="vertical"
        initialValues={{ days: days ?? [] }}
        onFinish={(values) => onKeep(values.days)}
      >
        <Form.List name="days">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name: place }) => (
                <div key={key} className="two days-off">
                  <Form.Item
                    name={[place, 'from']}
                    label="First day"
                    rules={[{ required: true, message: 'Which day?' }]}
                  >
                    <Input type="date" />
                  </Form.Item>
                  <Form.Item
                    name={[place, 'to']}
                    label="Last day"
                    dependencies={[['days', place, 'from']]}
                    rules={[
                      { required: true, message: 'Which day?' },
                      ({ getFieldValue }) => ({
                        validator: async (_, to: string) => {
                          if (to && to < getFieldValue(['days', place, 'from']))
                            throw new Error('Lies before the first day');
                        },
                      }),
                    ]}
                  >
                    <Input type="date" />
                  </Form.Item>
                  <Button
                    type="text"
                    danger
                    icon={<DeleteOutlined />}
                    aria-label="Remove these days"
                    onClick={() => remove(place)}
                  />
                </div>
              ))}
              <Form.Item>
                <Button block icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
                  Add days
                </Button>
              </Form.Item>
            </>
          )}
        </Form.List>
        <Button type="primary" htmlType="submit" block>
          Done
        </Button>
      </Form>
    </Dialog>
  );
}
