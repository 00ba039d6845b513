import { expect, test } from 'vitest';
import { floorPlanAnalysisJsonSchema } from '../schemas/floor-plan-analysis.ts';
import { serviceCallSettings } from './service-call-settings.ts';

test('the same answer every time, with room for the longest analysis, and without thinking', () => {
  expect(serviceCallSettings({ structured: false })).toEqual({
    temperature: 0,
    max_tokens: 8000,
    chat_template_kwargs: { enable_thinking: false },
  });
});

test('structured output asks for the strict schema and changes nothing else', () => {
  const { response_format, ...rest } = serviceCallSettings({ structured: true });
  expect(response_format).toEqual({
    type: 'json_schema',
    json_schema: { name: 'FloorPlanAnalysis', strict: true, schema: floorPlanAnalysisJsonSchema() },
  });
  expect(rest).toEqual(serviceCallSettings({ structured: false }));
});

test('a caller that changes its settings does not change those of others', () => {
  const first = serviceCallSettings({ structured: true });
  first.chat_template_kwargs.enable_thinking = true;
  delete first.response_format?.json_schema.schema['properties'];
  expect(serviceCallSettings({ structured: true })).not.toEqual(first);
});
