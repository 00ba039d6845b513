import type { FloorPlanAnalysis, TopologyStatistics } from '@arae/floorplan';
import type { Contradiction, ManualReview, ManualScores } from '@arae/quality-metrics';

/** What server and page say to each other. No name of a teacher is ever in it. */

export type Side = 'left' | 'right';
export type Verdict = ManualReview['verdict'];
export type Scores = Record<Side, ManualScores>;

/** `GET /api/session` */
export interface SessionAnswer {
  /** For each showing, in order: whether this reviewer has answered it. */
  readonly done: readonly boolean[];
  readonly hasDrawings: boolean;
}

export interface SpaceShape {
  readonly id: string;
  /** Unique within the plan. */
  readonly name: string;
  /** What texts may call it: its name, its label. */
  readonly names: readonly string[];
  /** `x1,y1 x2,y2 …` in pixels of the drawing. */
  readonly points: string;
  readonly centre: readonly [number, number];
  readonly isOutside: boolean;
}

/** x, y, width, height in pixels of the drawing. */
export type Box = readonly [number, number, number, number];

export interface OpeningShape {
  readonly kind: 'door' | 'window';
  readonly box: Box;
}

/** `GET /api/items/{place}` */
export interface ItemAnswer {
  readonly place: number;
  readonly stem: string;
  /** Address of the part of the drawing that is shown; null where there is no drawing. */
  readonly drawing: string | null;
  /** Which part that is. */
  readonly view: Box;
  readonly spaces: readonly SpaceShape[];
  readonly openings: readonly OpeningShape[];
  readonly statistics: Pick<
    TopologyStatistics,
    'structure_type' | 'bay_count' | 'space_count' | 'room_count' | 'bathroom_count'
  >;
  readonly analyses: Readonly<Record<Side, FloorPlanAnalysis>>;
  /** SHA-256 of the two label files; goes back with the review. */
  readonly hashes: Readonly<Record<Side, string>>;
  /** What this reviewer said before. */
  readonly given: Omit<ReviewRequest, 'seconds' | 'hashes'> | null;
}

/** `GET /api/items/{place}/contradictions` */
export type ContradictionsAnswer = Readonly<Record<Side, readonly Contradiction[]>>;

/** `POST /api/items/{place}/review` */
export interface ReviewRequest {
  readonly verdict: Verdict;
  readonly scores: Scores;
  readonly note: string;
  /** What the graph denies was looked at, perhaps before the server was started. */
  readonly hasSeenContradictions: boolean;
  /** With the item in front. */
  readonly seconds: number;
  readonly hashes: Readonly<Record<Side, string>>;
}

/** Any answer but 2xx. */
export interface Refusal {
  readonly error: string;
}
