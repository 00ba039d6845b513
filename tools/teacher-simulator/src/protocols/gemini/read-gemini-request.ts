import { z } from 'zod';
import type { GenerationRequest, Problem, Turn } from '../wire-protocol.ts';
import { findGeminiModel } from './gemini-models.ts';

const contentSchema = z.looseObject({
  role: z.string().nullish(),
  parts: z.array(z.looseObject({ text: z.string().nullish(), thought: z.boolean().nullish() })).default([]),
});

const bodySchema = z.looseObject({
  contents: z.array(contentSchema).min(1),
  systemInstruction: contentSchema.nullish(),
  generationConfig: z
    .looseObject({
      responseMimeType: z.string().nullish(),
      responseJsonSchema: z.unknown().optional(),
      responseSchema: z.unknown().optional(),
      maxOutputTokens: z.int().positive().nullish(),
      thinkingConfig: z
        .looseObject({
          thinkingLevel: z.enum(['MINIMAL', 'LOW', 'MEDIUM', 'HIGH']).nullish(),
          thinkingBudget: z.int().min(-1).nullish(),
        })
        .nullish(),
    })
    .default({}),
});

type Config = z.infer<typeof bodySchema>['generationConfig'];
type Model = NonNullable<ReturnType<typeof findGeminiModel>>;

const THINKING_TOKENS = { MINIMAL: 60, LOW: 300, MEDIUM: 1000, HIGH: 3000 } as const;

/** What a generateContent request asks for, or what Google refuses in it. */
export function readGeminiRequest(body: unknown, modelId: string): GenerationRequest | Problem {
  const model = findGeminiModel(modelId);
  if (model === null) return { kind: 'unknown-model', model: modelId };
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] as z.core.$ZodIssue;
    return { kind: 'invalid', message: `Invalid value at '${path.join('.')}': ${message}` };
  }
  const { contents, systemInstruction, generationConfig } = parsed.data;
  const schema = generationConfig.responseJsonSchema ?? generationConfig.responseSchema;
  return (
    thinkingProblem(model, generationConfig) ??
    formatProblem(generationConfig, schema) ?? {
      model: modelId,
      turns: [
        ...(systemInstruction == null ? [] : [{ role: 'system' as const, text: textOf(systemInstruction) }]),
        ...contents.map((content): Turn => ({
          role: content.role === 'model' ? 'assistant' : 'user',
          text: textOf(content),
        })),
      ],
      schemaText: schema == null ? '' : JSON.stringify(schema),
      maxOutputTokens: generationConfig.maxOutputTokens ?? null,
      thinkingTokens: thinkingTokensOf(model, generationConfig),
    }
  );
}

function thinkingProblem(model: Model, { thinkingConfig }: Config): Problem | null {
  const level = thinkingConfig?.thinkingLevel ?? null;
  const budget = thinkingConfig?.thinkingBudget ?? null;
  if (level !== null && budget !== null) {
    return { kind: 'invalid', message: 'You can only set one of thinking_budget and thinking_level.' };
  }
  if (level !== null && !model.levels.includes(level)) {
    return { kind: 'invalid', message: `Thinking level ${level} is not supported for this model.` };
  }
  if (budget !== null && model.id === 'gemini-4-argon') {
    return { kind: 'invalid', message: 'Thinking budget is not supported for this model.' };
  }
  if (budget === 0 && model.id === 'gemini-2.5-pro') {
    return { kind: 'invalid', message: 'Budget 0 is invalid. This model only works in thinking mode.' };
  }
  return null;
}

function formatProblem({ responseMimeType }: Config, schema: unknown): Problem | null {
  if (schema == null || responseMimeType === 'application/json') return null;
  return {
    kind: 'invalid',
    message: 'Response schema is only supported with response_mime_type application/json.',
  };
}

function thinkingTokensOf(model: Model, { thinkingConfig }: Config): number {
  const budget = thinkingConfig?.thinkingBudget ?? -1;
  return budget === -1
    ? THINKING_TOKENS[thinkingConfig?.thinkingLevel ?? model.defaultLevel]
    : Math.min(budget, THINKING_TOKENS.HIGH);
}

function textOf({ parts }: z.infer<typeof contentSchema>): string {
  return parts.map(({ text, thought }) => (thought === true ? '' : (text ?? ''))).join('');
}
