/** A resource's list, page by page by cursor, over Refine's infinite list. */
import { type CrudFilter, type HttpError, useInfiniteList } from '@refinedev/core';

export function useCursorList<T extends { id: string }>(
  resource: string,
  filters: Record<string, unknown>,
  options: { sort?: string; pageSize?: number; enabled?: boolean } = {},
) {
  const { query, result } = useInfiniteList<T, HttpError>({
    resource,
    filters: Object.entries(filters).map(
      ([field, value]) => ({ field, operator: 'eq', value }) as CrudFilter,
    ),
    sorters: options.sort ? [{ field: options.sort, order: 'desc' }] : [],
    pagination: { pageSize: options.pageSize ?? 30 },
    errorNotification: false,
    queryOptions: {
      enabled: options.enabled ?? true,
      placeholderData: (before) => before,
      getNextPageParam: (last) => last.cursor?.next,
    },
  });
  const pages = result.data?.pages;
  return {
    items: pages?.flatMap((page) => page.data),
    total: pages?.[0]?.total,
    error: query.error as Error | null,
    refetch: () => void query.refetch(),
    fetching: query.isFetching,
    more: {
      has: query.hasNextPage,
      loading: query.isFetchingNextPage,
      load: () => void query.fetchNextPage(),
    },
  };
}
