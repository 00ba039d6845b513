import type { ContradictionsAnswer, ItemAnswer, Refusal, ReviewRequest, SessionAnswer } from '../contract.ts';

/** The requests of one reviewer. Items and their drawings are asked for ahead, so that the next one is there at once. */
export class ReviewApi {
  readonly #reviewer: string;
  readonly #items = new Map<number, Promise<ItemAnswer>>();
  readonly #there = new Map<number, ItemAnswer>();
  /** Held, so that the browser keeps them decoded. */
  readonly #pictures = new Map<number, HTMLImageElement>();

  constructor(reviewer: string) {
    this.#reviewer = reviewer;
  }

  session(): Promise<SessionAnswer> {
    return this.#ask<SessionAnswer>('/api/session');
  }

  item(place: number): Promise<ItemAnswer> {
    let item = this.#items.get(place);
    if (item === undefined) {
      item = this.#ask<ItemAnswer>(`/api/items/${place}`);
      this.#items.set(place, item);
      item.then(
        (answer) => {
          // Not one that was forgotten meanwhile.
          if (this.#items.get(place) === item) this.#there.set(place, answer);
        },
        () => this.#items.delete(place),
      );
    }
    return item;
  }

  /** The item when it has been fetched. */
  fetched(place: number): ItemAnswer | undefined {
    return this.#there.get(place);
  }

  /** Fetches an item and its drawing, and forgets those that are far away. */
  async prepare(place: number): Promise<void> {
    for (const known of this.#items.keys()) if (Math.abs(known - place) > 5) this.#forget(known);
    const { drawing } = await this.item(place);
    if (drawing === null) return;
    const picture = new Image();
    picture.src = drawing;
    this.#pictures.set(place, picture);
    await picture.decode();
  }

  contradictions(place: number): Promise<ContradictionsAnswer> {
    return this.#ask<ContradictionsAnswer>(`/api/items/${place}/contradictions`);
  }

  async save(place: number, review: ReviewRequest): Promise<void> {
    await this.#ask(`/api/items/${place}/review`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(review),
    });
    // What was given has changed.
    this.#forget(place);
  }

  #forget(place: number): void {
    this.#items.delete(place);
    this.#there.delete(place);
    this.#pictures.delete(place);
  }

  async #ask<Answer>(path: string, request?: RequestInit): Promise<Answer> {
    const response = await fetch(`${path}?reviewer=${encodeURIComponent(this.#reviewer)}`, request);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error((answer as Refusal).error);
    return answer as Answer;
  }
}
