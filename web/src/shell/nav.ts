/** The console's places, and the operation that shows whether a person may go there. */
import {
  AimOutlined,
  BarChartOutlined,
  BranchesOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  DashboardOutlined,
  FileSearchOutlined,
  InboxOutlined,
  MergeCellsOutlined,
  PhoneOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  SettingOutlined,
  SolutionOutlined,
  SunOutlined,
  ToolOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { CommandName, QueryName } from '../api/operations.ts';

export type Place = {
  to: string;
  label: string;
  Icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  needs?: CommandName | QueryName;
  /** In the bar at the bottom of a phone; the others are under "More". */
  bar?: boolean;
  group: 'work' | 'admin' | 'self';
  badge?: 'waiting' | 'missed';
};

export const places: Place[] = [
  { to: '/', label: 'My day', Icon: SunOutlined, bar: true, group: 'work', badge: 'missed' },
  {
    to: '/inbox',
    label: 'Inbox',
    Icon: InboxOutlined,
    needs: 'conversation.takeOver',
    bar: true,
    group: 'work',
    badge: 'waiting',
  },
  { to: '/leads', label: 'Leads', Icon: SolutionOutlined, needs: 'lead.move', bar: true, group: 'work' },
  { to: '/calls', label: 'Calls', Icon: PhoneOutlined, needs: 'calling.next', group: 'work' },
  { to: '/appointments', label: 'Demos', Icon: CalendarOutlined, needs: 'appointment.book', group: 'work' },
  { to: '/calendar', label: 'Calendar', Icon: ScheduleOutlined, needs: 'appointment.list', group: 'work' },
  { to: '/tasks', label: 'Tasks', Icon: CheckSquareOutlined, needs: 'task.give', group: 'work' },
  { to: '/tickets', label: 'Tickets', Icon: ToolOutlined, needs: 'ticket.reply', group: 'work' },
  {
    to: '/enquiries',
    label: 'Enquiries',
    Icon: FileSearchOutlined,
    needs: 'enquiry.overrule',
    group: 'work',
  },
  {
    to: '/duplicates',
    label: 'Duplicates',
    Icon: MergeCellsOutlined,
    needs: 'lead.merge',
    group: 'work',
  },
  {
    to: '/competitors',
    label: 'Competitors',
    Icon: AimOutlined,
    needs: 'competitor.market',
    group: 'work',
  },
  { to: '/dashboard', label: 'Dashboard', Icon: DashboardOutlined, needs: 'dashboard.get', group: 'work' },
  { to: '/reports', label: 'Reports', Icon: BarChartOutlined, needs: 'report.list', group: 'work' },
  { to: '/knowledge', label: 'Knowledge', Icon: ReadOutlined, needs: 'knowledge.search', group: 'work' },
  { to: '/flows', label: 'Flows', Icon: BranchesOutlined, needs: 'flow.list', group: 'admin' },
  {
    to: '/ledger',
    label: 'Nothing missed',
    Icon: SafetyCertificateOutlined,
    needs: 'deadletter.replay',
    group: 'admin',
  },
  { to: '/settings', label: 'Settings', Icon: SettingOutlined, needs: 'notification.rules', group: 'admin' },
  { to: '/account', label: 'My account', Icon: UserOutlined, group: 'self' },
];
