import { FinishReason } from '@google/genai';
import type { GenerateContentResponse } from '@google/genai';
import { countIn, fieldOf, firstOf, textIn } from './answer-fields.ts';
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
  const candidate = firstOf(fieldOf(response, 'candidates'));
  const blockReason = textIn(fieldOf(fieldOf(response, 'promptFeedback'), 'blockReason'));
  const finishReason = textIn(fieldOf(candidate, 'finishReason')) ?? blockReason ?? 'none';
  const usage = fieldOf(response, 'usageMetadata');
  const parts = fieldOf(fieldOf(candidate, 'content'), 'parts');
  const thinkingTokens = countIn(fieldOf(usage, 'thoughtsTokenCount'));
  return {
    // Parts marked as thought are the model's notes, not its answer.
    text: (Array.isArray(parts) ? parts : [])
      .filter((part) => fieldOf(part, 'thought') !== true)
      .map((part) => textIn(fieldOf(part, 'text')) ?? '')
      .join(''),
    refusal: blockReason !== null || DECLINED.includes(finishReason) ? finishReason : null,
    finishReason,
    isCut: BROKEN_OFF.includes(finishReason),
    usage: {
      inputTokens:
        countIn(fieldOf(usage, 'promptTokenCount')) + countIn(fieldOf(usage, 'toolUsePromptTokenCount')),
      cachedInputTokens: countIn(fieldOf(usage, 'cachedContentTokenCount')),
      outputTokens: countIn(fieldOf(usage, 'candidatesTokenCount')) + thinkingTokens,
      thinkingTokens,
    },
    model: textIn(fieldOf(response, 'modelVersion')) ?? model,
    responseId: textIn(fieldOf(response, 'responseId')),
  };
}
