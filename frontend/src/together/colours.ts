/** What tells one person from another: a colour each, dark enough for white words. */

const COLOURS = ['#1d5fa6', '#a3360f', '#1d7a4c', '#7a3fa0', '#8a5a00', '#a8275f'];

/** The same on all screens. */
export function colourOf({ number }: { readonly number: number }): string {
  return COLOURS[number % COLOURS.length];
}
