import '@fontsource-variable/atkinson-hyperlegible-next';
import { StyledEngineProvider, ThemeProvider } from '@mui/material/styles';
import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { register } from './installed/registration';
import { UpdateBar } from './installed/UpdateBar';
import { App } from './page/App';
import { chooseByAddress } from './reading/alphabetChoice';
import { AlphabetProvider } from './reading/AlphabetProvider';
import { Late } from './ui/Late';
import { theme } from './ui/theme';
import './styles.css';

const SETTLING = 1_500; // ms until what is kept for later is fetched, so that it keeps nothing waiting

notifyManager.setScheduler(queueMicrotask); // a timer would cost the answer a frame now and then

function start() {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');

  chooseByAddress(window.location.search);

  // In slices, so that a slow phone scrolls meanwhile.
  startTransition(() => {
    createRoot(root).render(
      <StrictMode>
        <StyledEngineProvider injectFirst>
          <ThemeProvider theme={theme} defaultMode="system" noSsr>
            <QueryClientProvider client={new QueryClient()}>
              <AlphabetProvider>
                <Late>
                  <App />
                </Late>
                <UpdateBar />
              </AlphabetProvider>
            </QueryClientProvider>
          </ThemeProvider>
        </StyledEngineProvider>
      </StrictMode>,
    );
  });

  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    void register(navigator.serviceWorker, `${import.meta.env.BASE_URL}sw.js`, SETTLING);
  }
}

queueMicrotask(start); // beyond the evaluation of the script
