import { symbolCounts } from './models-manifest.ts';
import type { NetworkSettings } from './models-manifest.ts';
import type { NetworkName } from './network-names.ts';

/** One input or output as the file declares it; a name stands for a size that is open. */
export interface ValueShape {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

export interface NetworkShape {
  readonly inputs: readonly ValueShape[];
  readonly outputs: readonly ValueShape[];
}

/** A size, several that will do, or null for any. */
type PromisedSize = number | readonly number[] | null;

/** What the manifest promises. */
interface Promised {
  readonly input: readonly PromisedSize[];
  readonly output: readonly PromisedSize[];
}

/** What is wrong with the inputs and outputs of a network; null: nothing. */
export function networkShapeProblem(
  network: NetworkName,
  { inputs, outputs }: NetworkShape,
  settings: NetworkSettings,
): string | null {
  const promised = promisedShape(network, settings);
  return valueProblem('input', inputs, promised.input) ?? valueProblem('output', outputs, promised.output);
}

function promisedShape(network: NetworkName, settings: NetworkSettings): Promised {
  const { width, height } = settings[network].input;
  switch (network) {
    case 'objects':
      return { input: [1, 3, height, width], output: [1, null, 5 + settings.objects.classes.length] };
    case 'textDetection':
      return { input: [1, 3, height, width], output: [1, null, 6] };
    case 'textRecognition':
      return {
        // One crop at a time, or an open number (which passes any check): never a fixed number of several.
        input: [1, 3, height, width],
        output: [null, null, symbolCounts(settings.textRecognition.vocabulary)],
      };
    case 'structures':
    case 'spaces':
      return {
        input: [1, 3, height, width],
        output: [1, settings[network].classes.length, height, width],
      };
  }
}

function valueProblem(
  kind: 'input' | 'output',
  values: readonly ValueShape[],
  promised: readonly PromisedSize[],
): string | null {
  const wanted = `float32 [${promised.map((size) => [size ?? 'any'].flat().join(' or ')).join(', ')}]`;
  // Exports may have further outputs (YOLOv5 its feature maps); the first is the one that counts.
  const value = values[0];
  if (value === undefined || (kind === 'input' && values.length > 1)) {
    return `has ${values.length} ${kind}s where one of ${wanted} is needed`;
  }
  const found = `${value.type} [${value.shape.join(', ')}]`;
  const fits =
    value.type === 'float32' &&
    value.shape.length === promised.length &&
    promised.every((size, axis) => {
      const declared = value.shape[axis];
      return size === null || typeof declared !== 'number' || [size].flat().includes(declared);
    });
  return fits ? null : `${kind} "${value.name}" is ${found} where ${wanted} is needed`;
}
