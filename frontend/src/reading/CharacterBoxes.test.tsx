import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answerOf, predictionOf } from '../testing/answers';
import { CharacterBoxes } from './CharacterBoxes';
import type { Answer } from './reading';
import { useCharacters } from './useCharacters';

const box = { left: 0.1, top: 0.3, right: 0.3, bottom: 0.6 };
const characters = [0.99, 0.5, 0.9].map((confidence, i) => ({
  prediction: predictionOf(i, confidence),
  pixels: [],
  box,
  line: 0,
  label: i === 2 ? undefined : String(i),
}));
const NUMBER: Answer = { ...answerOf(null), text: '01', characters };

function Boxes() {
  const chosen = useCharacters(NUMBER);
  return <CharacterBoxes characters={chosen} width={2} on="paper" />;
}

describe('boxes around characters', () => {
  it('say which character each is, and whether it is in doubt or none', () => {
    render(<Boxes />);
    const names = ['Character 1: 0, 99.0% sure', 'Character 2: 1, 50.0% sure, in doubt', 'Part 3, not read'];
    for (const name of names) expect(screen.getByRole('radio', { name })).toBeInTheDocument();
    expect(screen.getAllByTestId('character-box')[1]).toHaveClass('doubtful');
    expect(screen.getAllByTestId('character-box')[2]).toHaveClass('unread');
  });

  it('are chosen by a click', async () => {
    render(<Boxes />);
    const radios = screen.getAllByRole('radio');
    await userEvent.click(radios[1]);
    expect(radios.map((radio) => radio.getAttribute('aria-checked'))).toEqual(['false', 'true', 'false']);
  });

  it('are one stop for the tab key, and chosen by arrow keys, round and round', async () => {
    render(<Boxes />);
    const radios = screen.getAllByRole('radio');
    await userEvent.tab();
    expect(radios[0]).toHaveFocus();
    for (const [key, place] of [['ArrowRight', 1], ['ArrowLeft', 0], ['ArrowLeft', 2], ['ArrowDown', 0], ['End', 2], ['Home', 0]] as const) { // prettier-ignore
      await userEvent.keyboard(`{${key}}`);
      expect(radios[place]).toHaveFocus();
      expect(radios[place]).toBeChecked();
    }
    await userEvent.tab();
    expect(document.body).toHaveFocus();
  });
});
