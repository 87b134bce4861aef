/** The rules by which tasks come about: app.yaml's, overridden by the newest version made in the console. */
import { messageFields, unknownFields } from '../../core/config-schema.ts';
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { invalid } from '../../core/validate.ts';
import { listTaskRules, saveTaskRules, type TaskRule } from './contract.ts';
import { checkPeople } from './give.ts';
import { TaskRulesModel } from './model.ts';

/** Shipped switched off: an organisation turns on what it wants. */
export const shippedRules: TaskRule[] = [
  {
    key: 'first-call',
    label: 'First call of a new lead',
    enabled: false,
    on: 'lead.assigned',
    when: {},
    to: 'caller',
    title: 'Call {name} ({lead}), {phone}',
    note: 'New from {source}. Product: {product}.',
    dueMinutes: 30,
    priority: 'high',
  },
  {
    key: 'proposal',
    label: 'Proposal after a demo',
    enabled: false,
    on: 'appointment.completed',
    when: {},
    to: 'caller',
    title: 'Send the proposal to {name} ({lead})',
    dueMinutes: 540,
    priority: 'normal',
  },
  {
    key: 'post-mortem',
    label: 'Post-mortem of a lost lead',
    enabled: false,
    on: 'lead.lost',
    when: {},
    to: 'manager',
    title: 'Ask why {name} ({lead}) was lost',
    note: 'Reason given: {reason}. Caller: {caller}.',
    dueMinutes: 1080,
    priority: 'low',
  },
];

const newest = () => TaskRulesModel.findOne().sort({ version: -1 }).lean();

export const rulesNow = async (ctx: Context): Promise<TaskRule[]> =>
  ctx.once('tasks.rules', async () => (await newest())?.rules ?? shippedRules);

export const listTaskRulesHandler = handles(listTaskRules, async () => {
  const last = await newest();
  return {
    rules: last?.rules ?? shippedRules,
    version: last?.version ?? 0,
    fields: Object.entries(messageFields).map(([name, about]) => ({ name, about })),
    ...(last && { changedBy: last.by }),
  };
});

export const saveTaskRulesHandler = handles(saveTaskRules, async (ctx, { rules, expected }) => {
  await check(ctx, rules);
  const last = await newest();
  const version = (last?.version ?? 0) + 1;
  if (expected !== undefined && expected !== version - 1)
    throw new AppError('record.conflict', { kind: 'list of task rules' });
  ctx.writes.insert(TaskRulesModel, { _id: ctx.id(), version, rules, by: ctx.actor.name, at: ctx.now() });
  const before = last?.rules ?? shippedRules;
  ctx.audit({
    kind: 'Setting',
    id: 'task-rules',
    before,
    after: rules,
    text: 'changed which events bring tasks about',
    undo: { command: saveTaskRules.name, input: { rules: before } },
  });
  return { version };
});

/** Every rule can be followed and speaks only of what there is. */
async function check(ctx: Context, rules: TaskRule[]): Promise<void> {
  const keys = rules.map(({ key }) => key);
  for (const [at, { key, title, note, to }] of rules.entries()) {
    if (keys.indexOf(key) < at) throw invalid(`rules.${at}.key`, `there is another rule ${key}`);
    const [wrong] = unknownFields(`${title} ${note ?? ''}`);
    if (wrong !== undefined)
      throw new AppError('notification.unknown_field', {
        field: `{${wrong}}`,
        fields: Object.keys(messageFields)
          .map((name) => `{${name}}`)
          .join(' '),
      });
    if (typeof to === 'object') await checkPeople(ctx, [to.userId]);
  }
}
