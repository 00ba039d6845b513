import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Embedder, EmbedderIdentity } from './embedder.ts';
import { EmbeddingError } from './embedding-error.ts';
import { queryTextWith, requireWholeNumber } from './options.ts';
import { poolHidden } from './pool-hidden.ts';
import type { Pooling } from './pool-hidden.ts';
import { planBatches } from './plan-batches.ts';
import { unitRows } from './unit-rows.ts';

export type Qwen3Dtype = 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | 'q4f16';
export type Qwen3Device = 'cpu' | 'cuda' | 'webgpu' | 'dml';

export interface Qwen3EmbedderOptions {
  /** Folder with config.json, tokenizer.json and onnx/; nothing is downloaded then. */
  readonly modelDir?: string | undefined;
  /** On the hub, where there is no folder. Default `onnx-community/Qwen3-Embedding-0.6B-ONNX`. */
  readonly model?: string | undefined;
  /** Commit on the hub. */
  readonly revision?: string | undefined;
  /** Where downloads are kept. */
  readonly cacheDir?: string | undefined;
  /** Default fp32. */
  readonly dtype?: Qwen3Dtype | undefined;
  /** Default cpu. */
  readonly device?: Qwen3Device | undefined;
  /** Default `last_token`, what the model was trained with. */
  readonly pooling?: Pooling | undefined;
  /** Default 768; at most what the model has (1024). */
  readonly dimensions?: number | undefined;
  /** In tokens, the final one included. Default 512. */
  readonly maxLength?: number | undefined;
  /** Texts that are run together. Default 8. */
  readonly batchSize?: number | undefined;
  readonly instruction?: string | undefined;
}

const DEFAULT_MODEL = 'onnx-community/Qwen3-Embedding-0.6B-ONNX';
const DEFAULT_REVISION = 'c25a394dd583836952667c12f008335071b3f43d';

/**
 * Qwen3-Embedding as ONNX through @huggingface/transformers. A text is cut to `maxLength` tokens, its final token kept; texts of
 * similar length are padded on the left and run together; vectors are pooled, cut to `dimensions` and normalised.
 * @throws EmbeddingError `bad-option`, or `unavailable` where the model cannot be loaded
 */
export async function createQwen3Embedder(options: Qwen3EmbedderOptions = {}): Promise<Embedder> {
  const { dtype = 'fp32', device = 'cpu', pooling = 'last_token', dimensions = 768 } = options;
  const { maxLength = 512, batchSize = 8, instruction, modelDir } = options;
  requireWholeNumber({ dimensions, maxLength, batchSize });
  const { AutoModel, AutoTokenizer, Tensor, env } = await import('@huggingface/transformers');
  const folder = modelDir === undefined ? undefined : resolve(modelDir);
  if (folder !== undefined && !existsSync(join(folder, 'config.json'))) {
    throw new EmbeddingError(
      `${folder} holds no config.json: name the folder of an exported Qwen3-Embedding`,
      {
        code: 'unavailable',
      },
    );
  }
  const revision = options.revision ?? (options.model === undefined ? DEFAULT_REVISION : 'main');
  const name = folder === undefined ? (options.model ?? DEFAULT_MODEL) : basename(folder);
  if (folder !== undefined) env.localModelPath = dirname(folder) + sep;
  const source = {
    local_files_only: folder !== undefined,
    ...(folder === undefined ? { revision } : {}),
    ...(options.cacheDir === undefined ? {} : { cache_dir: options.cacheDir }),
  };
  const [tokenizer, model] = await Promise.all([
    AutoTokenizer.from_pretrained(name, source),
    AutoModel.from_pretrained(name, { ...source, dtype, device }),
  ]).catch((error: unknown) => {
    const words = (error as Error).message.replaceAll(/\s+/g, ' ').slice(0, 200);
    throw new EmbeddingError(
      `the model ${folder ?? name} cannot be loaded as ${dtype} on ${device} (${words}): check the files, dtype and device`,
      { code: 'unavailable', cause: error },
    );
  });
  const [finalId] = tokenizer.encode('');
  if (finalId === undefined || tokenizer.encode('a').at(-1) !== finalId) {
    throw new EmbeddingError(
      `the tokenizer of ${name} puts no final token behind a text: use files made after June 2025`,
      { code: 'unavailable' },
    );
  }
  const identity: EmbedderIdentity = {
    engine: 'qwen3',
    model: name,
    label: `${name} (${dtype}, ${pooling}, ${dimensions} dimensions)`,
    dimensions,
    pooling,
    // Where it runs changes the last digits, how long a text may be changes long ones.
    dtype: `${dtype}/${device}/${maxLength}`,
    ...(folder === undefined ? { revision } : { sha256: await hashOfFolder(folder) }),
    ...(instruction === undefined ? {} : { instruction }),
  };
  const cut = (ids: number[]) => (ids.length <= maxLength ? ids : [...ids.slice(0, maxLength - 1), finalId]);

  async function run(batch: readonly number[][]): Promise<Float32Array[]> {
    const length = Math.max(...batch.map((ids) => ids.length));
    const ids = new BigInt64Array(batch.length * length).fill(BigInt(finalId!));
    const mask = new BigInt64Array(batch.length * length);
    batch.forEach((tokens, row) => {
      const start = (row + 1) * length - tokens.length;
      tokens.forEach((token, place) => (ids[start + place] = BigInt(token)));
      mask.fill(1n, start, (row + 1) * length);
    });
    const shape = [batch.length, length];
    const output = (await model({
      input_ids: new Tensor('int64', ids, shape),
      attention_mask: new Tensor('int64', mask, shape),
    })) as { last_hidden_state: InstanceType<typeof Tensor> };
    const hidden = output.last_hidden_state.to('float32');
    const width = hidden.dims[2]!;
    return batch.map((tokens, row) =>
      poolHidden(hidden.data as Float32Array, {
        from: (row + 1) * length - tokens.length,
        to: (row + 1) * length,
        width,
        pooling,
      }),
    );
  }

  return {
    identity,
    dimensions,
    async embed(texts, { kind, signal }) {
      signal?.throwIfAborted();
      const tokens = texts.map((text) =>
        cut(tokenizer.encode(kind === 'query' ? queryTextWith(instruction, text) : text)),
      );
      const rows = new Array<Float32Array>(texts.length);
      for (const places of planBatches(
        tokens.map(({ length }) => length),
        batchSize,
      )) {
        // A run blocks this thread: timers and Ctrl-C get their turn in between.
        await setImmediate();
        signal?.throwIfAborted();
        const pooled = await run(places.map((place) => tokens[place]!));
        for (const [row, place] of places.entries()) {
          const checked = { engine: 'qwen3', count: 1, dimensions, truncate: true, firstIndex: place };
          rows[place] = unitRows([pooled[row]], checked)[0]!;
        }
      }
      return rows;
    },
  };
}

/** Over every file that the vectors follow from, names included. */
async function hashOfFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const onnx = existsSync(join(folder, 'onnx')) ? await readdir(join(folder, 'onnx')) : [];
  const files = ['config.json', 'tokenizer.json', ...onnx.sort().map((file) => join('onnx', file))];
  for (const file of files) {
    if (!existsSync(join(folder, file))) continue;
    hash.update(`${file.replaceAll(sep, '/')}\0`);
    for await (const part of createReadStream(join(folder, file))) hash.update(part as Buffer);
  }
  return hash.digest('hex');
}
