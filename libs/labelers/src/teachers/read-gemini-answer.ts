import { FinishReason } from '@google/genai';
import type { GenerateContentResponse } from '@google/genai';
import type { TeacherAnswer } from './teacher.ts';

/** Finish reasons that mean: Google declined to answer. */
const DECLINED: readonly string[] = [
  FinishReason.SAFETY,
  FinishReason.RECITATION,
  FinishReason.BLOCKLIST,
  FinishReason.PROHIBITED_CONTENT,
  FinishReason.SPII,
];

/** Finish reasons that mean: there was more to come. */
const BROKEN_OFF: readonly string[] = [FinishReason.MAX_TOKENS, FinishReason.CONTINUATION];

export function readGeminiAnswer(response: Partial<GenerateContentResponse>, model: string): TeacherAnswer {
  const candidate = response.candidates?.[0];
  const finishReason = candidate?.finishReason ?? response.promptFeedback?.blockReason ?? 'none';
  const usage = response.usageMetadata;
  const thinkingTokens = usage?.thoughtsTokenCount ?? 0;
  const isDeclined = response.promptFeedback?.blockReason !== undefined || DECLINED.includes(finishReason);
  return {
    // Parts marked as thought are the model's notes, not its answer.
    text: (candidate?.content?.parts ?? [])
      .filter(({ thought }) => thought !== true)
      .map(({ text }) => text ?? '')
      .join(''),
    refusal: isDeclined ? String(finishReason) : null,
    finishReason: String(finishReason),
    isCut: BROKEN_OFF.includes(finishReason),
    usage: {
      inputTokens: (usage?.promptTokenCount ?? 0) + (usage?.toolUsePromptTokenCount ?? 0),
      cachedInputTokens: usage?.cachedContentTokenCount ?? 0,
      outputTokens: (usage?.candidatesTokenCount ?? 0) + thinkingTokens,
      thinkingTokens,
    },
    model: response.modelVersion ?? model,
    responseId: response.responseId ?? null,
  };
}
