/** A name that no other thing on this page has. `crypto.randomUUID` is missing on a page served without TLS. */
export function newId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}
