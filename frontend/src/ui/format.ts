/** Figures and labels as people write them. */

/** Never "100%" of what is not certain, nor "0%" of what is not impossible. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return `${(share * 100).toFixed(1)}%`;
}

export function milliseconds(duration: number): string {
  return duration >= 1000 ? `${(duration / 1000).toFixed(1)} s` : `${String(Math.round(duration))} ms`;
}

export function asSentence(text: string): string {
  if (text === '') return '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

export function named(digit: number): string {
  return `${digit === 8 ? 'an' : 'a'} ${String(digit)}`;
}
