import { findContradictions, manualReviewSchema } from '@arae/quality-metrics';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { ContradictionsAnswer, ItemAnswer, Refusal, ReviewRequest, SessionAnswer } from '../contract.ts';
import { RefusedError } from '../errors.ts';
import type { DrawingPictures } from '../items/drawing-pictures.ts';
import { planShowings, type Showing } from '../items/plan-showings.ts';
import { hashOfLabel, readGraph, readItem, type Item } from '../items/read-item.ts';
import type { ReviewFolder } from '../items/review-folder.ts';
import type { ReviewStore } from '../items/review-store.ts';
import { openingShapesOf, spaceShapesOf } from '../items/shapes-of.ts';
import { viewOf } from '../items/view-of.ts';
import { guard, type GuardParams } from './guard.ts';
import { servePage } from './serve-page.ts';

export interface ReviewAppParams extends GuardParams {
  readonly folder: ReviewFolder;
  /** Those of the folder's drawings that are reviewed. */
  readonly stems: readonly string[];
  readonly store: ReviewStore;
  readonly pictures: DrawingPictures;
  readonly pageFolder: string;
  readonly seed: number;
  readonly repeatShare: number;
  readonly now: () => Date;
}

/** A review is a few hundred bytes and a note. */
const MOST_BYTES = 64_000;

const tooLarge = bodyLimit({
  maxSize: MOST_BYTES,
  onError: (context) => context.json({ error: 'the note is too long' } satisfies Refusal, 413),
});

const reviewRequestSchema = manualReviewSchema.pick({ verdict: true, scores: true, seconds: true }).extend({
  note: z.string().max(10_000),
  hasSeenContradictions: z.boolean(),
  hashes: z.object({ left: z.string(), right: z.string() }),
}) satisfies z.ZodType<ReviewRequest>;

/** The page's server: sessions, items, drawings, contradictions on demand, and reviews that are on the disk when it says so. */
export function createReviewApp(params: ReviewAppParams): Hono {
  const { folder, store, pictures, now } = params;
  const plans = new Map<string, readonly Showing[]>();
  /** Showings whose contradictions a reviewer has seen. */
  const revealed = new Set<string>();

  const showingsOf = (reviewer: string): readonly Showing[] => {
    let plan = plans.get(reviewer);
    plan ??= planShowings({ ...params, reviewer });
    plans.set(reviewer, plan);
    return plan;
  };
  const reviewerOf = (given: string | undefined): string => {
    const reviewer = (given ?? '').trim().normalize('NFC');
    if (reviewer === '' || reviewer.length > 100)
      throw new RefusedError(400, 'who reviews? A name of up to 100 letters');
    return reviewer;
  };
  const showingAt = (reviewer: string, place: string): Showing => {
    const showing = /^\d+$/.test(place) ? showingsOf(reviewer)[Number(place)] : undefined;
    if (showing === undefined) throw new RefusedError(404, 'there is no such item');
    return showing;
  };
  /** The review that stands: of these very labels, on these sides. */
  const standing = (
    reviewer: string,
    { stem, repeat }: Showing,
    { teachers, hashes }: Pick<Item, 'teachers' | 'hashes'>,
  ) => {
    const review = store.find(reviewer, stem, repeat);
    const isSame =
      review?.left === teachers.left &&
      review.right === teachers.right &&
      review.left_sha256 === hashes.left &&
      review.right_sha256 === hashes.right;
    return isSame ? review : undefined;
  };
  const isDone = async (reviewer: string, showing: Showing): Promise<boolean> => {
    const review = store.find(reviewer, showing.stem, showing.repeat);
    if (review === undefined) return false;
    const [left, right] = showing.isSwapped ? [folder.teachers[1], folder.teachers[0]] : folder.teachers;
    const hashes = {
      left: (await hashOfLabel(folder, showing.stem, left)) ?? '',
      right: (await hashOfLabel(folder, showing.stem, right)) ?? '',
    };
    return standing(reviewer, showing, { teachers: { left, right }, hashes }) !== undefined;
  };

  const app = new Hono();
  app.onError((error, context) => {
    if (error instanceof RefusedError)
      return context.json({ error: error.message } satisfies Refusal, error.status);
    console.error(`arae-review: ${error.message}`);
    return context.json({ error: 'the server failed; its terminal says why' } satisfies Refusal, 500);
  });
  app.notFound((context) => context.json({ error: 'there is no such page' } satisfies Refusal, 404));
  app.use('*', guard(params));

  app.get('/api/session', async (context) => {
    const reviewer = reviewerOf(context.req.query('reviewer'));
    const done = await Promise.all(showingsOf(reviewer).map((showing) => isDone(reviewer, showing)));
    return context.json({ done, hasDrawings: folder.drawings.size > 0 } satisfies SessionAnswer);
  });

  app.get('/api/items/:place', async (context) => {
    const reviewer = reviewerOf(context.req.query('reviewer'));
    const place = context.req.param('place');
    const showing = showingAt(reviewer, place);
    const item = await readItem(folder, showing);
    const { stem } = showing;
    const { image_info, statistics } = item.graph;
    const spaces = spaceShapesOf(item.graph);
    const given = standing(reviewer, showing, item);
    return context.json({
      place: Number(place),
      stem,
      drawing: pictures.has(stem) ? `/drawings/${encodeURIComponent(stem)}` : null,
      view: viewOf({ ...image_info, spaces }),
      spaces,
      openings: openingShapesOf(item.graph),
      statistics: {
        structure_type: statistics.structure_type,
        bay_count: statistics.bay_count,
        space_count: statistics.space_count,
        room_count: statistics.room_count,
        bathroom_count: statistics.bathroom_count,
      },
      analyses: item.analyses,
      hashes: item.hashes,
      given: given
        ? {
            verdict: given.verdict,
            scores: given.scores,
            note: given.note,
            hasSeenContradictions: given.contradictions_shown,
          }
        : null,
    } satisfies ItemAnswer);
  });

  app.get('/api/items/:place/contradictions', async (context) => {
    const reviewer = reviewerOf(context.req.query('reviewer'));
    const showing = showingAt(reviewer, context.req.param('place'));
    const { graph, analyses } = await readItem(folder, showing);
    revealed.add(JSON.stringify([reviewer, showing.stem, showing.repeat]));
    return context.json({
      left: findContradictions(analyses.left, graph),
      right: findContradictions(analyses.right, graph),
    } satisfies ContradictionsAnswer);
  });

  app.post('/api/items/:place/review', tooLarge, async (context) => {
    if (context.req.header('content-type')?.split(';')[0] !== 'application/json') {
      throw new RefusedError(400, 'a review is JSON');
    }
    const reviewer = reviewerOf(context.req.query('reviewer'));
    const showing = showingAt(reviewer, context.req.param('place'));
    const request = reviewRequestSchema.safeParse(await context.req.json().catch(() => null));
    if (!request.success) throw new RefusedError(400, 'the review lacks a score or the verdict');
    const { hashes, hasSeenContradictions, ...answers } = request.data;
    const { teachers, hashes: present } = await readItem(folder, showing);
    if (hashes.left !== present.left || hashes.right !== present.right) {
      throw new RefusedError(409, 'a label was changed meanwhile: load the page again');
    }
    await store.append({
      stem: showing.stem,
      reviewer,
      repeat: showing.repeat,
      ...teachers,
      ...answers,
      contradictions_shown:
        hasSeenContradictions || revealed.has(JSON.stringify([reviewer, showing.stem, showing.repeat])),
      left_sha256: present.left,
      right_sha256: present.right,
      at: now().toISOString(),
    });
    return context.json({ saved: true });
  });

  app.get('/drawings/:stem', async (context) => {
    const stem = context.req.param('stem');
    const picture = await pictures.get(stem, async () => {
      const graph = await readGraph(folder, stem);
      const { width, height } = graph.image_info;
      const view = viewOf({ width, height, spaces: spaceShapesOf(graph) });
      return {
        left: view[0] / width,
        top: view[1] / height,
        width: view[2] / width,
        height: view[3] / height,
      };
    });
    return context.body(picture, 200, {
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=3600',
    });
  });

  servePage(app, params.pageFolder);
  return app;
}
