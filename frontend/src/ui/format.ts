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

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A character with its article, as it is spoken: an 8, an F, a U. */
export function named(character: string): string {
  return `${/^[8AEFHILMNORSX]/i.test(character) ? 'an' : 'a'} ${character}`;
}

/** What one of these labels is called. */
export function kindOf(labels: readonly string[]): 'digit' | 'letter' | 'character' {
  if (labels.every((label) => /^\d$/.test(label))) return 'digit';
  return labels.every((label) => /^\p{L}$/u.test(label)) ? 'letter' : 'character';
}
