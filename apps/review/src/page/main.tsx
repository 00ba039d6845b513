import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './style.css';

const reviewer = new URLSearchParams(location.search).get('reviewer');
if (reviewer !== null) localStorage.setItem('reviewer', reviewer);
// The token has become a cookie; it need not stay in the address bar and the history.
if (location.search !== '') history.replaceState(null, '', '/');
createRoot(document.getElementById('root')!).render(<App />);
