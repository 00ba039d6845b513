/** Adds up the seconds of named pieces of work. */
export class Stopwatch {
  readonly #seconds = new Map<string, number>();

  seconds(name: string): number {
    return this.#seconds.get(name) ?? 0;
  }

  measure<T>(name: string, work: () => T): T {
    const start = process.hrtime.bigint();
    const result = work();
    this.#add(name, start);
    return result;
  }

  async measureAsync<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = process.hrtime.bigint();
    const result = await work();
    this.#add(name, start);
    return result;
  }

  #add(name: string, start: bigint): void {
    this.#seconds.set(name, this.seconds(name) + Number(process.hrtime.bigint() - start) / 1e9);
  }
}
