import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { characterOf, predictionOf } from '../testing/answers';
import { renderOnPage } from '../testing/render';
import { Bars } from './Bars';

describe('the bars', () => {
  it('are a table of ten rows for a screen reader', () => {
    renderOnPage(<Bars {...predictionOf(8, 0.91)} top="8" />);
    const table = screen.getByRole('table', { name: 'Probability of each digit' });
    expect(within(table).getAllByRole('rowheader')).toHaveLength(10);
    expect(within(table).getByRole('row', { name: '8 91.0%' })).toBeVisible();
    expect(within(table).getByRole('row', { name: '0 1.0%' })).toBeVisible();
  });

  it('are of the labels that the model has', () => {
    renderOnPage(<Bars {...characterOf('B', ['A', 'B', 'C'], 0.8)} top="B" />);
    const table = screen.getByRole('table', { name: 'Probability of each letter' });
    expect(within(table).getByRole('row', { name: 'B 80.0%' })).toBeVisible();
    expect(screen.getByTestId('probability-C')).toHaveTextContent('10.0%');
  });
});
