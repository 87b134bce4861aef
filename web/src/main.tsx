import '@ant-design/v5-patch-for-react-19';
import { createRoot } from 'react-dom/client';
import { Console } from './console.tsx';
import { followNewVersion } from './shared/new-version.ts';
import './styles/base.css';
import './styles/actions.css';
import './styles/records.css';
import './styles/shell.css';
import './styles/talks.css';
import { applyPalette } from './theme.ts';

followNewVersion();
applyPalette(document.documentElement);
createRoot(document.getElementById('root')!).render(<Console />);
