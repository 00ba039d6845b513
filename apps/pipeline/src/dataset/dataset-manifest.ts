import { basename } from 'node:path';
import type { BatchCounter, WrittenLines } from '@arae/jsonl';

/** A side of the split as it lies on the disk. */
export interface ManifestSide {
  path: string;
  factsPath: string;
  written: WrittenLines;
}

/**
 * `dataset_manifest.json`: what training must find when it loads the rows. Phase 6 compares files, rows and token counts with it
 * before anything is trained, so its form is a contract with `python/arae_finetune`.
 */
export function datasetManifest(
  sides: Readonly<Record<string, ManifestSide>>,
  maxSeqLength: number,
  counter: BatchCounter,
): object {
  return {
    version: 1,
    max_seq_length: maxSeqLength,
    length: { counted_by: counter.by, tokenizer_sha256: counter.tokenizerSha256 },
    chat_template: { family: 'qwen3', enable_thinking: false },
    files: Object.fromEntries(
      Object.entries(sides).map(([side, { path, factsPath, written }]) => [
        side,
        {
          file: basename(path),
          bytes: written.bytes,
          sha256: written.sha256,
          rows: written.rows,
          rows_file: basename(factsPath),
        },
      ]),
    ),
  };
}
