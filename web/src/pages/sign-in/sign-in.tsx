import { useLogin } from '@refinedev/core';
import { Alert, Button, Form, Input } from 'antd';
import { useSearchParams } from 'react-router';
import { ApiError } from '../../api/error.ts';
import { Door } from './door.tsx';

type Values = { email: string; password: string };

export default function SignIn() {
  const [params] = useSearchParams();
  const { mutate: signIn, isPending, data } = useLogin<Values & { to?: string }>();
  const problem = data && !data.success ? data.error : undefined;
  return (
    <Door title="Sign in">
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        noValidate
        initialValues={{ email: params.get('email') ?? '' }}
        onFinish={(values) => signIn({ ...values, to: inside(params.get('to')) })}
      >
        <Form.Item
          name="email"
          label="E-mail"
          rules={[{ required: true, message: 'Your e-mail address, please' }]}
        >
          <Input type="email" autoComplete="username" autoFocus={!params.has('email')} size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label="Password"
          rules={[{ required: true, message: 'Your password, please' }]}
        >
          <Input.Password autoComplete="current-password" autoFocus={params.has('email')} size="large" />
        </Form.Item>
        {problem && (
          <Alert type="error" showIcon role="alert" message={problem.message} className="form-problem" />
        )}
        <Button type="primary" htmlType="submit" size="large" block loading={isPending}>
          Sign in
        </Button>
      </Form>
      <p className="door-help">
        {problem instanceof ApiError && problem.code === 'auth.wrong_credentials'
          ? 'Forgotten it? Your administrator can give you a new one-time link.'
          : 'New here? Use the one-time link that your administrator gave you.'}
      </p>
    </Door>
  );
}

/** Only a path of ours: a link must not send people elsewhere after signing in. */
const inside = (to: string | null): string | undefined => (to && /^\/(?!\/|\\)/.test(to) ? to : undefined);
