import { randomBytes } from 'node:crypto';
import { createRandom, shuffled } from '@arae/floorplan';
import { mustStayInside } from '@arae/progress';
import { UsageError } from './errors.ts';
import { DrawingPictures } from './items/drawing-pictures.ts';
import { openReviewFolder, reviewsPath, sampledOnly } from './items/review-folder.ts';
import { openReviewStore } from './items/review-store.ts';
import { pageFolder } from './page-folder.ts';
import type { ReviewArguments } from './parse-arguments.ts';
import { createReviewApp } from './server/create-app.ts';
import { startServer } from './server/start-server.ts';

/** The same each time, because a browser keeps half-given answers by address. */
const USUAL_PORT = 47_470;

export interface RunningReview {
  /** Opens the page; holds the token. */
  readonly address: string;
  readonly items: number;
  stop(): Promise<void>;
}

/**
 * Looks what there is to review and serves the page.
 * @param say a line for the terminal
 * @throws UsageError
 */
export async function runReview(
  options: ReviewArguments,
  say: (line: string) => void,
): Promise<RunningReview> {
  const folder = await openReviewFolder(options);
  const ready = await sampledOnly(folder.root, folder.stems);
  const stems = shuffled(ready, createRandom(options.seed)).slice(0, options.items ?? ready.length);
  if (stems.length === 0)
    throw new UsageError('none of the sampled drawings has both labels: run phase3a and phase3b');
  await mustStayInside(folder.root, reviewsPath('.')).catch((error: unknown) => {
    throw new UsageError((error as Error).message);
  });
  const store = await openReviewStore(reviewsPath(folder.root));
  if (store.damaged > 0)
    say(`${store.damaged} lines of ${reviewsPath(folder.root)} are no reviews and are passed over`);
  if (folder.drawings.size === 0) say('no folder of drawings (--images): graphs are shown without them');
  const token = randomBytes(24).toString('base64url');
  let port = 0;
  const app = createReviewApp({
    ...options,
    folder,
    stems,
    store,
    pictures: new DrawingPictures(folder.drawings),
    pageFolder: await pageFolder(say),
    token,
    port: () => port,
    now: () => new Date(),
  });
  const server = await startServer(app, options.port ?? USUAL_PORT)
    .catch((error: unknown) => {
      if (options.port === null) return startServer(app, 0);
      throw error;
    })
    .catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      throw new UsageError(
        `port ${options.port ?? 0} cannot be served on (${code}): name another with --port`,
      );
    });
  port = server.port;
  const query = new URLSearchParams({
    token,
    ...(options.reviewer === null ? {} : { reviewer: options.reviewer }),
  });
  return {
    address: `http://127.0.0.1:${port}/?${query.toString()}`,
    items: stems.length,
    stop: async () => {
      await server.stop();
      await store.close();
    },
  };
}
