import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { predictionOf } from '../testing/answers';
import { renderOnPage } from '../testing/render';
import { Bars } from './Bars';

describe('the bars', () => {
  it('are a table of ten rows for a screen reader', () => {
    renderOnPage(<Bars probabilities={predictionOf(8, 0.91).probabilities} top={8} />);
    const table = screen.getByRole('table', { name: 'Probability of each digit' });
    expect(within(table).getAllByRole('rowheader')).toHaveLength(10);
    expect(within(table).getByRole('row', { name: '8 91.0%' })).toBeVisible();
    expect(within(table).getByRole('row', { name: '0 1.0%' })).toBeVisible();
  });
});
