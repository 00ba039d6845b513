import { floorPlanAnalysisJsonSchema } from '../schemas/floor-plan-analysis.ts';

/** The name under which the schema of an analysis goes to a server. */
export const ANALYSIS_SCHEMA_NAME = 'FloorPlanAnalysis';

/** Fields of a chat completion beside `model` and `messages`. */
export interface ServiceCallSettings {
  temperature: number;
  /** Tokens of the answer. */
  max_tokens: number;
  /** Read by vLLM, passed over by servers that do not know it. */
  chat_template_kwargs: { enable_thinking: boolean };
  response_format?: {
    type: 'json_schema';
    json_schema: { name: string; strict: true; schema: Record<string, unknown> };
  };
}

/**
 * How the service asks the local model. Training rows end in the empty think block, so thinking must be off: otherwise the model
 * is asked another question than it was trained on.
 *
 * @param structured have the server hold the answer to the strict schema
 */
export function serviceCallSettings({ structured }: { structured: boolean }): ServiceCallSettings {
  return {
    temperature: 0,
    max_tokens: 8000,
    chat_template_kwargs: { enable_thinking: false },
    ...(structured
      ? {
          response_format: {
            type: 'json_schema',
            json_schema: { name: ANALYSIS_SCHEMA_NAME, strict: true, schema: floorPlanAnalysisJsonSchema() },
          },
        }
      : {}),
  };
}
