import { Alert, Form, Input } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { CommandForm } from '../../shared/command-form.tsx';
import { Door } from './door.tsx';

type Values = { password: string; again: string };

export default function SetPassword() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const token = params.get('token') ?? '';
  return (
    <Door
      title="Choose a password"
      note="The link works once. At least 10 characters; a sentence you can remember is best."
    >
      {token ? (
        <CommandForm<'user.setPassword', Values>
          command="user.setPassword"
          input={({ password }) => ({ token, password })}
          submit="Set the password"
          done="Password set. Please sign in."
          onDone={({ email }) => navigate(`/sign-in?email=${encodeURIComponent(email)}`)}
        >
          <Form.Item
            name="password"
            label="New password"
            rules={[{ required: true, min: 10, message: 'At least 10 characters' }]}
          >
            <Input.Password autoComplete="new-password" autoFocus size="large" />
          </Form.Item>
          <Form.Item
            name="again"
            label="Once more"
            dependencies={['password']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, value) =>
                  value === getFieldValue('password')
                    ? Promise.resolve()
                    : Promise.reject(new Error('The two are not the same')),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" size="large" />
          </Form.Item>
        </CommandForm>
      ) : (
        <Alert
          type="warning"
          showIcon
          message="This link is not complete"
          description="Open it again from the message you were given, or ask your administrator for a new one."
        />
      )}
    </Door>
  );
}
