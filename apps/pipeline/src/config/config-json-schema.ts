import { z } from 'zod';
import { pipelineConfigSchema } from './config-schema.ts';

/** The configuration as JSON Schema, for editors. */
export function pipelineConfigJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(pipelineConfigSchema, { io: 'input' });
}
