/** FlatBuffers, as far as they are read: tables, vectors and scalars by their place, nothing of a schema. */

/** A table: its fields are named by their place in the schema, and one that is missing is the schema's default. */
export class Table {
  constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {}

  /** The root table of a buffer. Throws a RangeError, as everything here does, where the buffer is cut short. */
  static root(view: DataView): Table {
    return new Table(view, view.getUint32(0, true));
  }

  byte(field: number, missing = 0): number {
    return this.scalar(field, missing, (at) => this.view.getUint8(at));
  }

  int(field: number, missing = 0): number {
    return this.scalar(field, missing, (at) => this.view.getInt32(at, true));
  }

  float(field: number, missing = 0): number {
    return this.scalar(field, missing, (at) => this.view.getFloat32(at, true));
  }

  table(field: number): Table | undefined {
    const at = this.place(field);
    return at === undefined ? undefined : new Table(this.view, this.target(at));
  }

  tables(field: number): Table[] {
    return this.vector(field, (at) => new Table(this.view, this.target(at)));
  }

  ints(field: number): number[] {
    return this.vector(field, (at) => this.view.getInt32(at, true));
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  /** The bytes of a vector or a string: a view, no copy. */
  bytes(field: number): Uint8Array {
    const at = this.place(field);
    if (at === undefined) return new Uint8Array(0);
    const start = this.target(at);
    return new Uint8Array(this.view.buffer, this.view.byteOffset + start + 4, this.view.getUint32(start, true));
  }

  private vector<T>(field: number, item: (at: number) => T): T[] {
    const at = this.place(field);
    if (at === undefined) return [];
    const start = this.target(at);
    const length = this.view.getUint32(start, true);
    if (4 * length > this.view.byteLength) throw new RangeError('a vector is longer than its buffer');
    return Array.from({ length }, (_, i) => item(start + 4 + 4 * i));
  }

  private scalar(field: number, missing: number, read: (at: number) => number): number {
    const at = this.place(field);
    return at === undefined ? missing : read(at);
  }

  /** Where a field stands, by the table's own list of places. */
  private place(field: number): number | undefined {
    const list = this.at - this.view.getInt32(this.at, true);
    const entry = 4 + 2 * field;
    if (entry >= this.view.getUint16(list, true)) return undefined;
    const offset = this.view.getUint16(list + entry, true);
    return offset === 0 ? undefined : this.at + offset;
  }

  private target(at: number): number {
    return at + this.view.getUint32(at, true);
  }
}
