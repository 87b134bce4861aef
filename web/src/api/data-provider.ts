/** Refine's view of the API: a resource is the first word of an operation's name (`lead` → `lead.list`, `lead.get`). */
import type { CrudFilter, DataProvider } from '@refinedev/core';
import { ask, command } from './client.ts';

/** How a record is asked for by id: the contracts name it after the record. */
const idField: Record<string, string> = {
  lead: 'leadId',
  conversation: 'conversationId',
  contact: 'contactId',
  enquiry: 'enquiryId',
  ticket: 'ticketId',
  task: 'taskId',
};

export const dataProvider: DataProvider = {
  getApiUrl: () => '/api',
  async getList({ resource, filters, sorters, pagination }) {
    const { currentPage: page, pageSize } = pagination ?? {};
    // Refine counts pages; its infinite list hands back whatever we named as the next one: our cursor.
    const named: unknown = page;
    const cursor = typeof named === 'string' ? named : undefined;
    const input = {
      ...asInput(filters),
      ...asSort(sorters),
      ...(cursor && { cursor }),
      ...(pageSize && { limit: pageSize }),
    };
    const answer = (await untyped(ask)(`${resource}.list`, input)) as {
      items: never[];
      nextCursor?: string;
      total?: number;
    };
    return {
      data: answer.items,
      total: answer.total ?? answer.items.length,
      cursor: { next: answer.nextCursor as never },
    };
  },
  getOne: async ({ resource, id }) => ({
    data: await untyped(ask)(`${resource}.get`, { [idField[resource] ?? 'id']: id }),
  }),
  create: async ({ resource, variables }) => ({
    data: await untyped(command)(`${resource}.create`, variables),
  }),
  update: async ({ resource, id, variables }) => ({
    data: await untyped(command)(`${resource}.update`, {
      [idField[resource] ?? 'id']: id,
      ...(variables as object),
    }),
  }),
  deleteOne: async () => {
    throw new Error('Nothing is deleted from the console.');
  },
};

const asInput = (filters: CrudFilter[] = []): Record<string, unknown> =>
  Object.fromEntries(
    filters.flatMap((filter) =>
      'field' in filter && filter.value !== undefined && filter.value !== ''
        ? [[filter.field, filter.value]]
        : [],
    ),
  );

/** The contracts name their orders (`newest`, `followUp`): the field is the order. */
const asSort = ([first]: { field: string }[] = []) => (first ? { sort: first.field } : {});

/** Refine names operations at run time; the typed helpers know them only at compile time. */
const untyped = (call: unknown) => call as (name: string, input: unknown) => Promise<any>;
