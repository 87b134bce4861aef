import { Bell } from './bell.tsx';
import { Brand } from './brand.tsx';

export const TopBar = () => (
  <header className="top-bar">
    <Brand />
    <Bell />
  </header>
);
