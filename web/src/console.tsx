/** The composition of the console: theme, data, sign-in, rights, routes. */
import { Refine } from '@refinedev/core';
import routerProvider from '@refinedev/react-router';
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import { BrowserRouter } from 'react-router';
import { ask } from './api/client.ts';
import { dataProvider } from './api/data-provider.ts';
import { ApiError } from './api/error.ts';
import { AppRoutes, preload } from './routes.tsx';
import { createAccessProvider } from './session/access-provider.ts';
import { createAuthProvider, meKey } from './session/auth-provider.ts';
import { theme } from './theme.ts';

const client: QueryClient = new QueryClient({
  // A session that has ended is noticed by whatever asks first; who I am is then asked, and leads to signing in.
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      if (error instanceof ApiError && error.statusCode === 401 && queryKey[3] !== 'user.me')
        void client.invalidateQueries({ queryKey: meKey });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.retryable,
    },
  },
});
const authProvider = createAuthProvider(client);
const accessProvider = createAccessProvider(client);
if (preload()) void client.prefetchQuery({ queryKey: meKey, queryFn: () => ask('user.me', {}) });

const resources = [
  { name: 'lead', list: '/leads', show: '/leads/:id' },
  { name: 'conversation', list: '/inbox', show: '/inbox/:id' },
  { name: 'enquiry', list: '/enquiries', show: '/enquiries/:id' },
  { name: 'appointment', list: '/appointments' },
];

export function Console() {
  return (
    <ConfigProvider theme={theme} wave={{ disabled: true }}>
      <App className="app" message={{ maxCount: 2, top: 12 }} notification={{ bottom: 74 }}>
        <BrowserRouter>
          <Refine
            dataProvider={dataProvider}
            authProvider={authProvider}
            accessControlProvider={accessProvider}
            routerProvider={routerProvider}
            resources={resources}
            options={{
              disableTelemetry: true,
              reactQuery: { clientConfig: client },
              syncWithLocation: false,
            }}
          >
            <AppRoutes />
          </Refine>
        </BrowserRouter>
      </App>
    </ConfigProvider>
  );
}
