import { zodFaultOf } from '@arae/floorplan';
import { readJournal } from '@arae/progress';
import { latestReviews, manualReviewSchema, summariseReviews } from '@arae/quality-metrics';
import type { LabelEvidence, ManualReview, ManualSummary } from '@arae/quality-metrics';
import type { DataFolder } from '../data-folder.ts';
import { sha256OfFile } from '../sha256-of.ts';
import { labelOptions } from './label-options.ts';
import { measure } from './measured-teacher.ts';

export interface ReviewIntake {
  /** Null without reviews that count. */
  summary: ManualSummary | null;
  /** Reviews of labels that have changed since or are gone. */
  stale: number;
  /** Reviews of teachers or drawings that are not compared. */
  foreign: number;
  /** Lines that are no reviews, as `line 7: what is wrong`. */
  damaged: string[];
}

/** Takes in `manual_reviews.jsonl`: what still holds of it, and what the metrics say about the same labels. */
export async function readReviews(
  folder: DataFolder,
  stems: readonly string[],
  teachers: readonly string[],
): Promise<ReviewIntake> {
  const damaged: string[] = [];
  const reviews: ManualReview[] = [];
  for await (const line of readJournal(folder.manualReviews)) {
    if ('damaged' in line) {
      damaged.push(`line ${line.lineNumber}: no JSON object`);
      continue;
    }
    const parsed = manualReviewSchema.safeParse(line.record);
    if (parsed.success) reviews.push(parsed.data);
    else damaged.push(`line ${line.lineNumber}: ${zodFaultOf(parsed.error)}`);
  }

  const known = new Set(stems);
  const compared = new Set(teachers);
  const standing: ManualReview[] = [];
  const labels = new LabelFacts(folder, teachers);
  let stale = 0;
  let foreign = 0;
  for (const review of latestReviews(reviews)) {
    const { stem, left, right } = review;
    if (!known.has(stem) || !compared.has(left) || !compared.has(right)) {
      foreign++;
    } else if (
      (await labels.hashOf(stem, left)) !== review.left_sha256 ||
      (await labels.hashOf(stem, right)) !== review.right_sha256
    ) {
      stale++;
    } else {
      standing.push(review);
      await labels.learn(stem);
    }
  }
  return {
    summary:
      standing.length === 0
        ? null
        : summariseReviews(standing, (stem, teacher) => labels.evidenceOf(stem, teacher)),
    stale,
    foreign,
    damaged,
  };
}

/** Reads the labels of reviewed drawings, each once. */
class LabelFacts {
  readonly #folder: DataFolder;
  readonly #teachers: readonly string[];
  readonly #hashes = new Map<string, string | null>();
  readonly #evidence = new Map<string, LabelEvidence>();
  readonly #learnt = new Set<string>();

  constructor(folder: DataFolder, teachers: readonly string[]) {
    this.#folder = folder;
    this.#teachers = teachers;
  }

  /** Null when there is no label. */
  async hashOf(stem: string, teacher: string): Promise<string | null> {
    const path = this.#folder.label(stem, teacher);
    let hash = this.#hashes.get(path);
    if (hash === undefined) {
      hash = await sha256OfFile(path).catch(() => null);
      this.#hashes.set(path, hash);
    }
    return hash;
  }

  async learn(stem: string): Promise<void> {
    if (this.#learnt.has(stem)) return;
    this.#learnt.add(stem);
    for (const { teacher, label } of await labelOptions(stem, this.#teachers, this.#folder)) {
      const { total, grounded } = measure(stem, label, undefined);
      this.#evidence.set(JSON.stringify([stem, teacher]), { metrics: total, grounding: grounded.total });
    }
  }

  evidenceOf(stem: string, teacher: string): LabelEvidence | null {
    return this.#evidence.get(JSON.stringify([stem, teacher])) ?? null;
  }
}
