import { defineDataset } from '../../core/dataset.ts';
import { outcomeLabels } from './contract.ts';
import { CallModel } from './model.ts';

export const callDataset = defineDataset({
  name: 'calls',
  label: 'Calls',
  subject: 'Call',
  model: CallModel,
  dimensions: {
    caller: { field: 'byId' },
    outcome: { field: 'outcome', labels: () => outcomeLabels },
    source: { field: 'lead.source' },
    product: { field: 'lead.product' },
  },
  measures: [
    {
      name: 'call.made',
      label: 'Calls made',
      words: ['calls made', 'calls', 'call', 'outgoing calls'],
      at: 'calledAt',
      where: () => ({ direction: 'out' }),
    },
    {
      name: 'call.received',
      label: 'Calls received',
      words: ['calls received', 'incoming calls', 'incoming'],
      at: 'calledAt',
      where: () => ({ direction: 'in' }),
    },
    {
      name: 'call.answered',
      label: 'Calls answered',
      words: ['calls answered', 'answered calls', 'answered', 'connected calls'],
      at: 'calledAt',
      where: () => ({ outcome: 'answered' }),
    },
  ],
  columns: [
    { key: 'calledAt', label: 'When', field: 'calledAt', kind: 'time' },
    { key: 'leadNumber', label: 'Lead', field: 'leadNumber', kind: 'number' },
    { key: 'leadName', label: 'Name', field: 'leadName', kind: 'text' },
    { key: 'outcome', label: 'Outcome', field: 'outcome', kind: 'text' },
    { key: 'by', label: 'Called by', field: 'by', kind: 'text' },
    { key: 'note', label: 'Note', field: 'note', kind: 'text' },
  ],
});
