import { z } from 'zod';
import type { GenerationRequest, Problem, Turn } from '../wire-protocol.ts';
import { findOpenAiModel, isReasoningModel, isServedModel } from './openai-models.ts';
import { strictSchemaProblem } from './strict-schema-problem.ts';

const textPartSchema = z.looseObject({ type: z.string(), text: z.string().optional() });

const bodySchema = z.looseObject({
  model: z.string(),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['system', 'developer', 'user', 'assistant']),
        content: z.union([z.string(), z.array(textPartSchema)]).nullish(),
      }),
    )
    .min(1),
  response_format: z
    .looseObject({
      type: z.string(),
      json_schema: z
        .looseObject({ name: z.string(), strict: z.boolean().nullish(), schema: z.unknown().optional() })
        .optional(),
    })
    .nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
  stream: z.boolean().nullish(),
  n: z.int().nullish(),
});

type Body = z.infer<typeof bodySchema>;

const THINKING_TOKENS = {
  none: 0,
  minimal: 40,
  low: 160,
  medium: 640,
  high: 1600,
  xhigh: 3200,
  max: 6400,
} as const;

/** What a request of the Chat Completions API asks for, or what OpenAI (or the simulator) refuses in it. */
export function readOpenAiRequest(body: unknown): GenerationRequest | Problem {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] as z.core.$ZodIssue;
    return {
      kind: 'invalid',
      message: `Invalid value for '${path.join('.')}': ${message}.`,
      param: path.join('.'),
    };
  }
  const { data } = parsed;
  if (findOpenAiModel(data.model) === null) return { kind: 'unknown-model', model: data.model };
  return (
    parameterProblem(data) ??
    formatProblem(data) ?? {
      model: data.model,
      turns: data.messages.map(({ role, content }): Turn => ({
        role: role === 'developer' ? 'system' : role,
        text:
          typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('\n'),
      })),
      schemaText:
        data.response_format?.json_schema === undefined
          ? ''
          : JSON.stringify(data.response_format.json_schema.schema),
      maxOutputTokens: data.max_completion_tokens ?? data.max_tokens ?? null,
      thinkingTokens: isReasoningModel(data.model) ? THINKING_TOKENS[data.reasoning_effort ?? 'medium'] : 0,
    }
  );
}

function parameterProblem(body: Body): Problem | null {
  if (body.stream === true) return unsupported('stream', 'The simulator does not stream.');
  if ((body.n ?? 1) !== 1) return unsupported('n', 'The simulator gives one choice.');
  if (!isReasoningModel(body.model)) {
    return body.reasoning_effort == null
      ? null
      : {
          kind: 'invalid',
          message: 'Unrecognized request argument supplied: reasoning_effort',
          param: 'reasoning_effort',
        };
  }
  if (body.max_tokens != null) {
    return {
      kind: 'invalid',
      message: `Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.`,
      param: 'max_tokens',
      code: 'unsupported_parameter',
    };
  }
  if ((body.temperature ?? 1) !== 1 && body.reasoning_effort !== 'none') {
    return unsupported(
      'temperature',
      `Unsupported value: 'temperature' does not support ${body.temperature} with this model. Only the default (1) value is supported.`,
    );
  }
  return null;
}

/** OpenAI itself answers without a format, too; a teacher that is not given one would waste a paid answer. */
function formatProblem({ model, response_format }: Body): Problem | null {
  if (isServedModel(model) && response_format?.type !== 'json_schema') return null;
  const format = response_format?.json_schema;
  if (response_format?.type !== 'json_schema' || format?.strict !== true) {
    return {
      kind: 'invalid',
      message: `Simulator: 'response_format' of type 'json_schema' with 'strict: true' is expected.`,
      param: 'response_format',
    };
  }
  const message = strictSchemaProblem(format.name, format.schema);
  return message === null
    ? null
    : { kind: 'invalid', message, param: 'response_format', code: 'invalid_json_schema' };
}

function unsupported(param: string, message: string): Problem {
  return { kind: 'invalid', message, param, code: 'unsupported_value' };
}
