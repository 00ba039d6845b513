import { z } from 'zod';

export const STRUCTURE_TYPES = ['판상형', '타워형', '혼합형'] as const;
export const VENTILATION_QUALITIES = ['우수', '양호', '보통', '미흡'] as const;
/** From best to worst. */
export const OVERALL_GRADES = ['최우수', '우수', '보통', '미흡', '불합격'] as const;
export const EVALUATION_CATEGORIES = ['채광', '환기', '가족융화', '수납'] as const;

export type OverallGrade = (typeof OVERALL_GRADES)[number];
export type EvaluationCategory = (typeof EVALUATION_CATEGORIES)[number];

/**
 * One source for the two schemas of a FloorPlanAnalysis.
 *
 * - `strict` is what the teachers are asked for: every key required, null where a value may be missing, enumerations,
 *   no further keys. (OpenAI's structured output demands exactly this; Gemini takes it too.)
 * - otherwise what is read: the defaults of ARAE's Pydantic model for missing keys, further keys dropped, free text where
 *   ARAE's model says `str`. Whatever this schema accepts, ARAE's model accepts.
 */
function buildAnalysisSchema(strict: boolean) {
  const object = <S extends z.ZodRawShape>(shape: S) => (strict ? z.strictObject(shape) : z.object(shape));
  const oneOf = (values: readonly [string, ...string[]]): z.ZodType<string> =>
    strict ? z.enum(values) : z.string();
  const list = <S extends z.ZodType>(item: S): z.ZodType<z.infer<S>[]> =>
    strict ? z.array(item) : z.array(item).default([]);
  const orNull = <S extends z.ZodType>(value: S): z.ZodType<z.infer<S> | null> =>
    strict ? z.nullable(value) : z.nullable(value).default(null);
  const bool = (fallback: boolean): z.ZodType<boolean> =>
    strict ? z.boolean() : z.boolean().default(fallback);

  const space = object({
    space_name: z.string(),
    space_type: z.string(),
    area_m2: orNull(z.number()),
    /** Per cent of the inside area. */
    area_ratio: orNull(z.number()),
    has_window: bool(true),
    features: list(z.string()),
    connected_spaces: list(z.string()),
    evaluation_comment: z.string(),
  });
  const nonCompliantItem = object({
    category: oneOf(EVALUATION_CATEGORIES),
    item: z.string(),
    reason: z.string(),
    recommendation: z.string(),
  });
  return object({
    image_name: z.string(),
    structure_type: oneOf(STRUCTURE_TYPES),
    bay_count: z.int(),
    total_spaces: z.int(),
    room_count: z.int(),
    bathroom_count: z.int(),
    /** Per cent of the inside area. */
    balcony_ratio: z.number(),
    /** Per cent of the inside spaces. */
    windowless_ratio: z.number(),
    ventilation_quality: oneOf(VENTILATION_QUALITIES),
    summary: z.string(),
    spaces: list(space),
    design_evaluation: orNull(
      object({ 채광: z.string(), 환기: z.string(), 가족융화: z.string(), 수납: z.string() }),
    ),
    recommendations: orNull(z.array(z.string())),
    compliance: orNull(
      object({
        overall_grade: oneOf(OVERALL_GRADES),
        compliant_items: list(z.string()),
        non_compliant_items: list(nonCompliantItem),
        summary: z.string(),
      }),
    ),
  });
}

export interface SpaceAnalysis {
  space_name: string;
  space_type: string;
  area_m2: number | null;
  /** Per cent of the inside area; null outside. */
  area_ratio: number | null;
  has_window: boolean;
  features: string[];
  connected_spaces: string[];
  evaluation_comment: string;
}

export interface NonCompliantItem {
  category: string;
  item: string;
  reason: string;
  recommendation: string;
}

export interface Compliance {
  overall_grade: string;
  compliant_items: string[];
  non_compliant_items: NonCompliantItem[];
  summary: string;
}

/** `llm_analysis.json`: what ARAE's service answers about one floor plan. The order of the keys is part of the format. */
export interface FloorPlanAnalysis {
  image_name: string;
  structure_type: string;
  bay_count: number;
  total_spaces: number;
  room_count: number;
  bathroom_count: number;
  /** Per cent of the inside area. */
  balcony_ratio: number;
  /** Per cent of the inside spaces. */
  windowless_ratio: number;
  ventilation_quality: string;
  summary: string;
  spaces: SpaceAnalysis[];
  design_evaluation: Record<EvaluationCategory, string> | null;
  recommendations: string[] | null;
  compliance: Compliance | null;
}

/** For reading: fills the defaults of ARAE's model, drops further keys. */
export const floorPlanAnalysisSchema: z.ZodType<FloorPlanAnalysis> = buildAnalysisSchema(false);

/** What a teacher is asked for: nothing optional, nothing free. */
export const strictFloorPlanAnalysisSchema: z.ZodType<FloorPlanAnalysis> = buildAnalysisSchema(true);

/**
 * The strict schema as JSON Schema, as both teachers take it: no `$schema`, and without the bounds of safe integers that
 * zod adds, which say nothing about floor plans and cost tokens.
 */
export function floorPlanAnalysisJsonSchema(): Record<string, unknown> {
  const schema: Record<string, unknown> = z.toJSONSchema(strictFloorPlanAnalysisSchema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'integer') {
        delete jsonSchema.minimum;
        delete jsonSchema.maximum;
      }
    },
  });
  delete schema['$schema'];
  return schema;
}
