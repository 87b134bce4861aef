import { handles } from '../../../core/define.ts';
import { publishedPassages } from '../../knowledge/contract.ts';
import { compareFlows, flowVersionList, getFlow, listFlows, previewText, tryFlow } from '../contract.ts';
import type { FlowWorkshop, Which } from '../port.ts';

const whichOf = ({ version, draft }: { version?: string | undefined; draft?: boolean | undefined }): Which =>
  draft ? { draft: true } : { version };

export const flowHandlers = (workshop: () => FlowWorkshop) => [
  handles(listFlows, async () => ({ items: await workshop().list() })),
  handles(getFlow, async (_, { name, ...which }) => {
    const { view, faults } = await workshop().get(name, whichOf(which));
    return { flow: view, faults };
  }),
  handles(flowVersionList, async (_, { name }) => ({ items: await workshop().versions(name) })),
  handles(compareFlows, async (_, { name, from, to }) =>
    workshop().compare(name, { version: from }, to === undefined ? { draft: true } : { version: to }),
  ),
  handles(previewText, async (_, { text, labels }) => ({ items: await workshop().preview(text, labels) })),
  handles(tryFlow, async (ctx, { name, channel, turns, ...which }) => {
    const { passages: knowledge } = await ctx.asSystem('flows').ask(publishedPassages, {});
    return workshop().play(name, whichOf(which), { channel, turns, now: ctx.now(), knowledge });
  }),
];
