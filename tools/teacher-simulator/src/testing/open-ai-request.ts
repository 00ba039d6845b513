import { floorPlanAnalysisJsonSchema } from '@arae/floorplan';
import { makePlan, promptFor } from './make-plan.ts';

/** What fetch takes to ask the simulated OpenAI about a plan. */
export function openAiRequest(
  number: number,
  baseUrl = 'http://simulator/v1',
  key = 'any',
): [string, RequestInit] {
  return [
    `${baseUrl}/chat/completions`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'gpt-4o',
        messages: [{ role: 'user', content: promptFor(makePlan(number)) }],
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'analysis', strict: true, schema: floorPlanAnalysisJsonSchema() },
        },
      }),
    },
  ];
}
