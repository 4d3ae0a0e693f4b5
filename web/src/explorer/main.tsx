/** @jsxImportSource react */
import 'graphiql/setup-workers/vite';
import { createRoot } from 'react-dom/client';
import { Explorer } from './explorer.js';
import './explorer.css';

createRoot(document.getElementById('page')!).render(<Explorer />);
