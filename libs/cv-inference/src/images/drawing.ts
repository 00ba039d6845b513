/** A decoded picture: row-major RGB, three bytes a pixel, no padding between rows. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Size {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}
