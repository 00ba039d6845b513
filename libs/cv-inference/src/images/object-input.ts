import type { DetectorInput } from './detector-input.ts';
import type { Drawing, Size } from './drawing.ts';
import { letterbox } from './letterbox.ts';
import { reducedPicture, REDUCED_SIZE } from './reduced-picture.ts';

export interface ObjectInputOptions {
  /** `reducedPicture(cropped)`, where it is there already. */
  readonly reduced?: Drawing | undefined;
  /** The size to which a landscape sheet is reduced first; default 620 × 436. */
  readonly used?: Size | undefined;
  /** The longer side that the reduced picture is enlarged to; default 640. */
  readonly longSide?: number | undefined;
}

const LONG_SIDE = 640;

/**
 * The input of the object network: the reduced drawing, enlarged to 640 × 450 between two grey bars (640 × 480 in all).
 * A portrait sheet stays upright, with the sides swapped.
 */
export function objectInput(
  cropped: Drawing,
  { reduced, used = REDUCED_SIZE, longSide = LONG_SIDE }: ObjectInputOptions = {},
): DetectorInput {
  const picture = reduced ?? reducedPicture(cropped, used);
  const { toPicture, ...input } = letterbox(picture, { longSide });
  const scaleX = cropped.width / picture.width;
  const scaleY = cropped.height / picture.height;
  return {
    ...input,
    toDrawing: (x, y) => {
      const [pictureX, pictureY] = toPicture(x, y);
      return [pictureX * scaleX, pictureY * scaleY];
    },
  };
}
