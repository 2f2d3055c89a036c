import { policies } from '#policies';
import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './page/App';
import './styles/tokens.css';
import './styles/page.css';
import './styles/controls.css';
import './styles/panel.css';
import './styles/chart.css';
import './styles/states.css';
import './styles/forced.css';
import './styles/paper.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <App policies={policies} />
  </StrictMode>,
);
