/** Copies a text, and says so in words, or what to do instead. */
export function copy(text: string, onSaid: (words: string) => void): void {
  navigator.clipboard.writeText(text).then(
    () => { onSaid('Copied.'); },
    () => { onSaid('This browser copies nothing by itself: select the link and copy it.'); },
  );
}
