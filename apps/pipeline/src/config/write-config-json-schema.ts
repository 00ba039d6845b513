// `npm run config-schema`: writes pipeline.config.schema.json anew.
import { writeFileSync } from 'node:fs';
import { pipelineConfigJsonSchema } from './config-json-schema.ts';

const target = new URL('../../pipeline.config.schema.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(pipelineConfigJsonSchema(), null, 2)}\n`);
