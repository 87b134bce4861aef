/** A form that runs one command. Problems with a field stand at that field; all others above the button. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, type FormInstance } from 'antd';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../api/error.ts';
import type { CommandName, Input, Output } from '../api/operations.ts';
import { invalidate, useCommand } from '../api/use-ask.ts';
import { useDone } from './use-done.tsx';

type Props<N extends CommandName, V> = {
  command: N;
  /** The command's input from the form's values. */
  input: (values: V) => Input<N>;
  initial?: Partial<V>;
  submit: string;
  done?: string | ((output: Output<N>) => string);
  /** Resources to load again. */
  touches?: string[];
  onDone?: (output: Output<N>) => void;
  /** A function where the fields depend on what the last attempt met, e.g. the times that are free. */
  children: ReactNode | ((problem: ApiError | undefined) => ReactNode);
  danger?: boolean;
  /** Who may see it but not change it. */
  readOnly?: boolean;
};

export function CommandForm<N extends CommandName, V extends object>(props: Props<N, V>) {
  const [form] = Form.useForm<V>();
  const { run, busy } = useCommand(props.command);
  const [problem, setProblem] = useState<{ error: Error; words?: string }>();
  const tell = useDone();
  const client = useQueryClient();

  const finish = async (values: V) => {
    setProblem(undefined);
    try {
      const output = await run(props.input(values));
      invalidate(client, [props.command.split('.')[0] ?? '', ...(props.touches ?? [])]);
      tell(props.command, props.done, output);
      props.onDone?.(output);
    } catch (error) {
      setProblem({ error: error as Error, words: showAtFields(form, error as Error, values) });
    }
  };

  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={props.initial as never}
      onFinish={finish}
      requiredMark={markNeeded}
      noValidate
      disabled={busy || props.readOnly}
    >
      {typeof props.children === 'function'
        ? props.children(problem?.error instanceof ApiError ? problem.error : undefined)
        : props.children}
      {problem?.words && (
        <Alert type="error" showIcon message={problem.words} className="form-problem" role="alert" />
      )}
      {!props.readOnly && (
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          danger={props.danger}
          block
          className="form-submit"
        >
          {props.submit}
        </Button>
      )}
    </Form>
  );
}

const markNeeded = (label: ReactNode, { required }: { required: boolean }) => (
  <>
    {label}
    {required && (
      <span className="needed" title="Needed" aria-hidden="true">
        *
      </span>
    )}
  </>
);

/** Codes that speak of one field without naming it. */
const fieldsOfCode: [RegExp, string[]][] = [
  [/^time\./, ['at', 'startsAt']],
  [/^phone\./, ['phone']],
];

/** Puts each problem at its field; answers the words for which there is no field here. */
function showAtFields<V extends object>(form: FormInstance<V>, error: Error, values: V): string | undefined {
  if (!(error instanceof ApiError)) return error.message;
  const [, candidates = []] = fieldsOfCode.find(([code]) => code.test(error.code)) ?? [];
  const implied = candidates.find((field) => field in values);
  const problems = implied ? [[implied, error.message] as const] : Object.entries(error.fields);
  const placed = problems.filter(([path]) => (path.split('.')[0] ?? '') in values);
  if (!placed.length) return error.message;
  form.setFields(placed.map(([path, problem]) => ({ name: path.split('.') as never, errors: [problem] })));
  const others = problems.filter((problem) => !placed.includes(problem as never));
  return others.length ? others.map(([path, problem]) => `${path}: ${problem}`).join('; ') : undefined;
}
