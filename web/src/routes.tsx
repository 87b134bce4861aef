/** Every screen is a chunk of its own, loaded when somebody goes there. */
import { type ComponentType, lazy, Suspense } from 'react';
import { Link, Route, Routes } from 'react-router';
import { Nothing } from './shared/nothing.tsx';
import { Waiting } from './shared/waiting.tsx';

const screen = (load: () => Promise<{ default: ComponentType }>) => {
  const Screen = lazy(load);
  return (
    <Suspense fallback={<Waiting />}>
      <Screen />
    </Suspense>
  );
};

const inside: { path: string; element: React.ReactNode }[] = [
  { path: '/', element: screen(() => import('./pages/my-day/my-day.tsx')) },
  { path: '/inbox/:conversationId?', element: screen(() => import('./pages/inbox/inbox.tsx')) },
  { path: '/leads', element: screen(() => import('./pages/leads/leads.tsx')) },
  { path: '/imports', element: screen(() => import('./pages/imports/imports.tsx')) },
  { path: '/imports/:importId', element: screen(() => import('./pages/imports/import.tsx')) },
  { path: '/leads/:leadId', element: screen(() => import('./pages/lead/lead.tsx')) },
  { path: '/calls', element: screen(() => import('./pages/calls/calls.tsx')) },
  { path: '/appointments', element: screen(() => import('./pages/appointments/appointments.tsx')) },
  { path: '/enquiries', element: screen(() => import('./pages/enquiries/enquiries.tsx')) },
  { path: '/enquiries/:enquiryId', element: screen(() => import('./pages/enquiries/enquiry.tsx')) },
  { path: '/duplicates', element: screen(() => import('./pages/duplicates/duplicates.tsx')) },
  { path: '/duplicates/split/:contactId', element: screen(() => import('./pages/duplicates/split.tsx')) },
  { path: '/duplicates/:one/:other', element: screen(() => import('./pages/duplicates/compare.tsx')) },
  { path: '/dashboard', element: screen(() => import('./pages/dashboard/dashboard.tsx')) },
  { path: '/reports/:key?', element: screen(() => import('./pages/reports/reports.tsx')) },
  { path: '/tasks', element: screen(() => import('./pages/tasks/tasks.tsx')) },
  { path: '/tasks/rules', element: screen(() => import('./pages/tasks/task-rules.tsx')) },
  { path: '/tasks/:taskId', element: screen(() => import('./pages/tasks/task.tsx')) },
  { path: '/calendar', element: screen(() => import('./pages/calendar/calendar.tsx')) },
  { path: '/reminders', element: screen(() => import('./pages/calendar/reminders.tsx')) },
  { path: '/tickets', element: screen(() => import('./pages/tickets/tickets.tsx')) },
  { path: '/tickets/:ticketId', element: screen(() => import('./pages/tickets/ticket.tsx')) },
  { path: '/flows', element: screen(() => import('./pages/flows/flows.tsx')) },
  { path: '/flows/:name', element: screen(() => import('./pages/flows/flow.tsx')) },
  { path: '/ledger', element: screen(() => import('./pages/ledger/ledger.tsx')) },
  { path: '/settings', element: screen(() => import('./pages/settings/settings.tsx')) },
  { path: '/settings/users', element: screen(() => import('./pages/settings/users.tsx')) },
  { path: '/settings/roles', element: screen(() => import('./pages/settings/roles.tsx')) },
  {
    path: '/settings/assignment',
    element: screen(() => import('./pages/settings/assignment/assignment.tsx')),
  },
  {
    path: '/settings/pipelines',
    element: screen(() => import('./pages/settings/pipelines/pipelines.tsx')),
  },
  {
    path: '/settings/rehearsal',
    element: screen(() => import('./pages/settings/rehearsal/rehearsal.tsx')),
  },
  { path: '/settings/audit', element: screen(() => import('./pages/settings/audit/audit.tsx')) },
  { path: '/access/:kind/:recordId', element: screen(() => import('./pages/settings/access.tsx')) },
  { path: '/settings/notifications', element: screen(() => import('./pages/settings/notifications.tsx')) },
  { path: '/settings/notifications/sent', element: screen(() => import('./pages/notices/sent.tsx')) },
  { path: '/settings/channels', element: screen(() => import('./pages/settings/channels.tsx')) },
  { path: '/account', element: screen(() => import('./pages/account/account.tsx')) },
];

export function AppRoutes() {
  return (
    <Routes>
      <Route path="/sign-in" element={screen(() => import('./pages/sign-in/sign-in.tsx'))} />
      <Route path="/set-password" element={screen(() => import('./pages/sign-in/set-password.tsx'))} />
      <Route element={screen(() => import('./shell/inside.tsx'))}>
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
