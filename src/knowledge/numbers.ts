/** A list of whole numbers that grows without an object for each. */

const FIRST_CAPACITY = 1_024;

export class Numbers {
  private list = new Int32Array(FIRST_CAPACITY);
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(value: number): void {
    if (this.count === this.list.length) {
      const longer = new Int32Array(this.list.length * 2);
      longer.set(this.list);
      this.list = longer;
    }
    this.list[this.count++] = value;
  }

  /** What was pushed; the list may not grow any more. */
  done(): Int32Array {
    return this.list.slice(0, this.count);
  }
}
