// `node --conditions=@arae/source libs/cv-inference/src/testing/write-known-answer-models.ts`: writes them anew.
import { dirname } from 'node:path';
import { KNOWN_ANSWER_MANIFEST, writeKnownAnswerModels } from './known-answer-models.ts';

await writeKnownAnswerModels(dirname(KNOWN_ANSWER_MANIFEST));
