import type { Config } from '../../core/config.ts';
import { defineDataset } from '../../core/dataset.ts';
import { LeadModel } from './model.ts';
import { stagesOfKind } from './rules.ts';

const closedAs =
  (kind: 'won' | 'lost') =>
  ({ pipelines }: Config) => ({ stage: { $in: pipelines[0] ? stagesOfKind(pipelines[0], kind) : [] } });

export const leadDataset = defineDataset({
  name: 'leads',
  label: 'Leads',
  subject: 'Lead',
  model: LeadModel,
  dimensions: {
    caller: { field: 'assigneeId' },
    source: { field: 'source' },
    product: { field: 'product' },
    city: { field: 'city' },
    campaign: { field: 'campaign' },
    industry: { field: 'industry' },
    segment: { field: 'segment' },
    size: { field: 'size' },
    reason: {
      field: 'lostReason',
      labels: ({ pipelines }) =>
        Object.fromEntries((pipelines[0]?.lostReasons ?? []).map(({ key, label }) => [key, label])),
    },
    stage: {
      field: 'stage',
      labels: ({ pipelines }) =>
        Object.fromEntries((pipelines[0]?.stages ?? []).map(({ key, label }) => [key, label])),
    },
  },
  measures: [
    {
      name: 'lead.created',
      label: 'New leads',
      words: ['leads', 'lead', 'new leads', 'enquiries', 'enquiry'],
      at: 'createdAt',
    },
    {
      name: 'lead.hot',
      label: 'Hot leads',
      words: ['hot leads', 'hot lead'],
      at: 'createdAt',
      where: () => ({ hot: true }),
    },
    {
      name: 'lead.won',
      label: 'Deals closed',
      words: ['deals', 'deal', 'deals closed', 'deals won', 'leads won', 'won', 'won leads', 'sales', 'wins'],
      at: 'closedAt',
      where: closedAs('won'),
    },
    {
      name: 'lead.lost',
      label: 'Lost leads',
      words: ['lost', 'lost leads', 'leads lost'],
      at: 'closedAt',
      where: closedAs('lost'),
    },
    {
      name: 'lead.revenue',
      label: 'Revenue',
      words: ['revenue', 'turnover', 'total revenue', 'sales value', 'money'],
      at: 'closedAt',
      where: closedAs('won'),
      sum: 'value',
    },
  ],
  columns: [
    { key: 'number', label: 'Lead', field: 'number', kind: 'number' },
    { key: 'name', label: 'Name', field: 'name', kind: 'text' },
    { key: 'source', label: 'Source', field: 'source', kind: 'text' },
    { key: 'stage', label: 'Status', field: 'stage', kind: 'text' },
    { key: 'caller', label: 'Tele-caller', field: 'assigneeId', kind: 'text', person: true },
    { key: 'createdAt', label: 'Came in', field: 'createdAt', kind: 'time' },
    { key: 'value', label: 'Value', field: 'value', kind: 'money' },
  ],
});
