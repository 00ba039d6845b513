import type { Detections } from '@arae/cv-inference';
import type { CategoryName, StructureType } from '@arae/floorplan';
import type { Point, Rect, Side } from './geometry.ts';
import type { Lettering } from './lettering/lettering.ts';

/** The two looks of real sheets: line drawings, and presentation plans with solid walls and shaded floors. */
export type DrawingFamily = 'cad' | 'shaded';

/** What a room is for. Each kind has one category in the detections, some kinds share one. */
export type RoomKind =
  | 'living'
  | 'kitchen'
  | 'bedroom'
  | 'bathroom'
  | 'entrance'
  | 'balcony'
  | 'utility'
  | 'dressing'
  | 'powder'
  | 'pantry'
  | 'closet'
  | 'alpha'
  | 'condenser'
  | 'shaft'
  | 'hall'
  | 'stairs'
  | 'elevator';

/** One room of a finished plan. */
export interface Room {
  /** Unique within the plan: `bedroom2`. */
  readonly key: string;
  readonly kind: RoomKind;
  readonly category: CategoryName;
  /** Text written in it; null where the drawing has none. */
  readonly text: string | null;
  /** Clear outline between the walls, without the closing point. */
  readonly outline: readonly Point[];
  /** Its largest clear rectangle: here stand text and fixtures. */
  readonly core: Rect;
  /** px² */
  readonly area: number;
}

/** A hole in a wall. */
export interface Opening {
  /** Keys of the rooms on its sides; one only for an opening to the outside. */
  readonly rooms: readonly string[];
  readonly axis: 'h' | 'v';
  /** Position of the wall's centre line. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** From the centre line to the wall's face on the side of smaller coordinates. */
  readonly before: number;
  /** The same on the other side. */
  readonly after: number;
}

/** A straight piece of wall. */
export interface Wall extends Rect {
  readonly axis: 'h' | 'v';
  /** On which side the open air is: that of smaller coordinates (−1), of larger ones (1), on none (0). */
  readonly outside: -1 | 0 | 1;
}

export interface DoorOpening extends Opening {
  /** Which way the leaf opens: along rising (+1) or falling (−1) coordinates; 0 is a sliding door. */
  readonly swing: -1 | 0 | 1;
  /** End of the opening where the hinge sits. */
  readonly hinge: 'from' | 'to';
  readonly outline: readonly Point[];
}

export interface WindowOpening extends Opening {
  readonly outline: readonly Point[];
}

export type FixtureCategory = Extract<CategoryName, `객체_${string}`>;

export interface Fixture {
  readonly category: FixtureCategory;
  readonly box: Rect;
  /** The wall that it stands at. */
  readonly back: Side;
}

/** The label of a room. */
export interface TextBox {
  readonly text: string;
  /** Of the ink of the letters. */
  readonly box: Rect;
  /** Height of its Hangul in pixels, before any turn. */
  readonly size: number;
  /** Turned by a quarter so that it reads upwards. */
  readonly isTurned: boolean;
}

/** What the generator meant; the aggregated graph must say the same. */
export interface IntendedFacts {
  readonly structureType: StructureType;
  readonly bayCount: number;
  readonly roomCount: number;
  readonly bathroomCount: number;
  readonly balconyCount: number;
  readonly mainBedroomHasWindow: boolean;
  /** For each annotation of `detections.spa`, in order: does the room have a window? */
  readonly hasWindow: readonly boolean[];
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
}

export interface Plan {
  readonly seed: number;
  readonly index: number;
  /** `APT_FP_OBJ_003109666.PNG` */
  readonly fileName: string;
  /** The file name without its suffix. */
  readonly stem: string;
  readonly sheet: Sheet;
  readonly family: DrawingFamily;
  readonly pixelsPerMetre: number;
  /** Half the thickness of a wall between two rooms. */
  readonly halfWall: number;
  /** By how much outer walls are thicker; they grow outwards. */
  readonly outerExtra: number;
  /** The plan is turned by this about the middle of the sheet: radians, clockwise as seen. Mostly 0. */
  readonly tilt: number;
  readonly lettering: Lettering;
  /** In the order of `detections.spa`. */
  readonly rooms: readonly Room[];
  readonly walls: readonly Wall[];
  readonly doors: readonly DoorOpening[];
  readonly windows: readonly WindowOpening[];
  readonly fixtures: readonly Fixture[];
  readonly texts: readonly TextBox[];
  readonly facts: IntendedFacts;
  readonly detections: Detections;
}
