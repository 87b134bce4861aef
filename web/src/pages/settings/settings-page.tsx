/** A page of the settings: its tabs, what it is for, and what may be done here. */
import type { ComponentProps } from 'react';
import { useLocation } from 'react-router';
import { Page } from '../../shared/page.tsx';
import { SettingsTabs, tabAt } from './settings-tabs.tsx';

export function SettingsPage({ children, ...page }: Omit<ComponentProps<typeof Page>, 'title' | 'name'>) {
  const tab = tabAt(useLocation().pathname);
  return (
    <Page {...page} title="Settings" name={tab && `${tab} · Settings`}>
      <SettingsTabs />
      {children}
    </Page>
  );
}
