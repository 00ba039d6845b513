// `npm run config-schema`: writes pipeline.config.schema.json anew.
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { pipelineConfigJsonSchema } from './config-json-schema.ts';

const target = new URL('../../pipeline.config.schema.json', import.meta.url);
const options = await resolveConfig(target);
writeFileSync(
  target,
  await format(JSON.stringify(pipelineConfigJsonSchema()), { ...options, parser: 'json' }),
);
