/** A drawing to analyse. */
export interface DrawingJob {
  /** Names the result; for instance the stem of the file. */
  readonly id: string;
  /** The picture. */
  readonly file: string;
  /** The graph's `image_info.file_name`. */
  readonly fileName: string;
}

export interface AnalysedDrawing {
  readonly id: string;
  readonly ok: true;
  /** The exact content of `topology_graph.json`. */
  readonly text: string;
  readonly counts: DetectionCounts;
  /** 2: only alone in the memory did it work. */
  readonly attempts: number;
}

export interface FailedDrawing {
  readonly id: string;
  readonly ok: false;
  /** In one line. */
  readonly reason: string;
  readonly attempts: number;
}

export type DrawingResult = AnalysedDrawing | FailedDrawing;

/** How many of each the networks found. */
export interface DetectionCounts {
  readonly objects: number;
  readonly texts: number;
  readonly structures: number;
  readonly spaces: number;
}
