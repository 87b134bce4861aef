import type { Output } from '../../api/operations.ts';

export type FlowGraph = Output<'flow.get'>['flow'];
export type FlowNode = FlowGraph['nodes'][number];
export type FlowEdge = FlowGraph['edges'][number];
export type Funnel = Output<'flow.funnel'>;
export type StepCount = Funnel['steps'][number];
export type Changes = Output<'flow.compare'>;
export type Tried = Output<'flow.try'>;
export type Texts = FlowGraph['texts'];
