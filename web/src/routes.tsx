/** Every screen is a chunk of its own, loaded when somebody goes there. */
import { type ComponentType, lazy, Suspense } from 'react';
import { Link, matchPath, Route, Routes } from 'react-router';
import { Nothing } from './shared/nothing.tsx';
import { Waiting } from './shared/waiting.tsx';

type Load = () => Promise<{ default: ComponentType }>;

const screen = (load: Load) => {
  const Screen = lazy(load);
  return (
    <Suspense fallback={<Waiting />}>
      <Screen />
    </Suspense>
  );
};

const pages: { path: string; load: Load }[] = [
  { path: '/', load: () => import('./pages/my-day/my-day.tsx') },
  { path: '/inbox/:conversationId?', load: () => import('./pages/inbox/inbox.tsx') },
  { path: '/leads', load: () => import('./pages/leads/leads.tsx') },
  { path: '/imports', load: () => import('./pages/imports/imports.tsx') },
  { path: '/imports/:importId', load: () => import('./pages/imports/import.tsx') },
  { path: '/leads/:leadId', load: () => import('./pages/lead/lead.tsx') },
  { path: '/calls', load: () => import('./pages/calls/calls.tsx') },
  { path: '/appointments', load: () => import('./pages/appointments/appointments.tsx') },
  { path: '/enquiries', load: () => import('./pages/enquiries/enquiries.tsx') },
  { path: '/enquiries/:enquiryId', load: () => import('./pages/enquiries/enquiry.tsx') },
  { path: '/duplicates', load: () => import('./pages/duplicates/duplicates.tsx') },
  { path: '/duplicates/split/:contactId', load: () => import('./pages/duplicates/split.tsx') },
  { path: '/duplicates/:one/:other', load: () => import('./pages/duplicates/compare.tsx') },
  { path: '/competitors', load: () => import('./pages/competition/market.tsx') },
  { path: '/dashboard', load: () => import('./pages/dashboard/dashboard.tsx') },
  { path: '/reports/:key?', load: () => import('./pages/reports/reports.tsx') },
  { path: '/tasks', load: () => import('./pages/tasks/tasks.tsx') },
  { path: '/tasks/plans', load: () => import('./pages/plans/plans.tsx') },
  { path: '/tasks/rules', load: () => import('./pages/tasks/task-rules.tsx') },
  { path: '/tasks/:taskId', load: () => import('./pages/tasks/task.tsx') },
  { path: '/calendar', load: () => import('./pages/calendar/calendar.tsx') },
  { path: '/reminders', load: () => import('./pages/calendar/reminders.tsx') },
  { path: '/tickets', load: () => import('./pages/tickets/tickets.tsx') },
  { path: '/tickets/:ticketId', load: () => import('./pages/tickets/ticket.tsx') },
  { path: '/flows', load: () => import('./pages/flows/flows.tsx') },
  { path: '/flows/:name', load: () => import('./pages/flows/flow.tsx') },
  { path: '/knowledge', load: () => import('./pages/knowledge/knowledge.tsx') },
  { path: '/knowledge/questions', load: () => import('./pages/knowledge/questions.tsx') },
  { path: '/knowledge/:entryId', load: () => import('./pages/knowledge/entry.tsx') },
  { path: '/ledger', load: () => import('./pages/ledger/ledger.tsx') },
  { path: '/settings', load: () => import('./pages/settings/settings.tsx') },
  { path: '/settings/users', load: () => import('./pages/settings/users.tsx') },
  { path: '/settings/roles', load: () => import('./pages/settings/roles.tsx') },
  {
    path: '/settings/assignment',
    load: () => import('./pages/settings/assignment/assignment.tsx'),
  },
  {
    path: '/settings/pipelines',
    load: () => import('./pages/settings/pipelines/pipelines.tsx'),
  },
  {
    path: '/settings/rehearsal',
    load: () => import('./pages/settings/rehearsal/rehearsal.tsx'),
  },
  { path: '/settings/audit', load: () => import('./pages/settings/audit/audit.tsx') },
  { path: '/access/:kind/:recordId', load: () => import('./pages/settings/access.tsx') },
  { path: '/settings/notifications', load: () => import('./pages/settings/notifications.tsx') },
  { path: '/settings/notifications/sent', load: () => import('./pages/notices/sent.tsx') },
  { path: '/settings/channels', load: () => import('./pages/settings/channels.tsx') },
  {
    path: '/settings/channels/:channel/:account',
    load: () => import('./pages/settings/connect/connect.tsx'),
  },
  { path: '/settings/forms', load: () => import('./pages/settings/forms/forms.tsx') },
  { path: '/settings/forms/:formId', load: () => import('./pages/settings/forms/form.tsx') },
  { path: '/settings/sources', load: () => import('./pages/settings/sources/sources.tsx') },
  { path: '/settings/sources/:sourceId', load: () => import('./pages/settings/sources/source.tsx') },
  { path: '/account', load: () => import('./pages/account/account.tsx') },
];

const inside = pages.map(({ path, load }) => ({ path, element: screen(load) }));
const shell: Load = () => import('./shell/inside.tsx');

/**
 * Fetches the screen that the address names together with the shell around it, not after it; `lazy` reports a failure.
 * @returns whether that screen is behind the sign-in
 */
export function preload(): boolean {
  const here = pages.find(({ path }) => matchPath(path, window.location.pathname));
  for (const load of here ? [shell, here.load] : []) load().catch(() => {});
  return here !== undefined;
}

export function AppRoutes() {
  return (
    <Routes>
      <Route path="/sign-in" element={screen(() => import('./pages/sign-in/sign-in.tsx'))} />
      <Route path="/set-password" element={screen(() => import('./pages/sign-in/set-password.tsx'))} />
      <Route element={screen(shell)}>
        {inside.map(({ path, element }) => (
          <Route key={path} path={path} element={element} />
        ))}
        <Route
          path="*"
          element={
            <Nothing
              title="There is no such page"
              hint="The link may be old."
              action={<Link to="/">Go to my day</Link>}
            />
          }
        />
      </Route>
    </Routes>
  );
}
