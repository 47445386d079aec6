/** The page, all of it: with what comes a little later than the paper. */

import { screen } from '@testing-library/react';
import { App } from '../page/App';
import { renderOnPage } from './render';

export async function openApp() {
  const rendered = renderOnPage(<App />);
  await screen.findByRole('heading', { name: 'About the model' });
  return rendered;
}
