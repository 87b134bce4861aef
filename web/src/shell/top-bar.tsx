import { Bell } from './bell.tsx';
import { Brand } from './brand.tsx';
import { FindButton } from './find-button.tsx';

export const TopBar = () => (
  <header className="top-bar">
    <Brand />
    <span className="top-bar-acts">
      <FindButton />
      <Bell />
    </span>
  </header>
);
