/** Rendering with what the page stands in. */

import { ThemeProvider } from '@mui/material/styles';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, renderHook } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import { AlphabetProvider } from '../reading/AlphabetProvider';
import { theme } from '../ui/theme';

function page() {
  const client = new QueryClient();
  return function Page({ children }: { children: ReactNode }) {
    return (
      <ThemeProvider theme={theme} noSsr>
        <QueryClientProvider client={client}>
          <AlphabetProvider>{children}</AlphabetProvider>
        </QueryClientProvider>
      </ThemeProvider>
    );
  };
}

export function renderOnPage(element: ReactElement) {
  return render(element, { wrapper: page() });
}

export function renderHookOnPage<Result, Props>(hook: (props: Props) => Result, initialProps: Props) {
  return renderHook(hook, { initialProps, wrapper: page() });
}
