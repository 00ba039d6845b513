import { quotaOf } from '../admission/quota.ts';
import { TransientTeacherError } from '../errors/teacher-errors.ts';
import { countIn, fieldOf, firstOf, textIn } from './answer-fields.ts';
import type { TeacherAnswer } from './teacher.ts';

/** Characters of an unreadable response that are kept. */
const MAX_RAW_TEXT = 200_000;

/** Reads the body itself: the SDK's parsing helpers throw on a cut or filtered answer and lose its usage, which is billed. */
export function readOpenAiAnswer(body: string, headers: Headers): TeacherAnswer {
  const requestId = headers.get('x-request-id');
  let completion: unknown;
  try {
    completion = JSON.parse(body);
  } catch {
    throw new TransientTeacherError('the response is no JSON', {
      requestId: requestId ?? undefined,
      rawText: body.slice(0, MAX_RAW_TEXT),
    });
  }
  const choice = firstOf(fieldOf(completion, 'choices'));
  const message = fieldOf(choice, 'message');
  const finishReason = textIn(fieldOf(choice, 'finish_reason'));
  const usage = fieldOf(completion, 'usage');
  const quota = quotaOf(headers);
  return {
    text: textIn(fieldOf(message, 'content')) ?? '',
    refusal:
      finishReason === 'content_filter' ? 'content filter' : textIn(fieldOf(message, 'refusal')) || null,
    finishReason: finishReason ?? 'none',
    isCut: finishReason === 'length',
    usage: {
      inputTokens: countIn(fieldOf(usage, 'prompt_tokens')),
      cachedInputTokens: countIn(fieldOf(fieldOf(usage, 'prompt_tokens_details'), 'cached_tokens')),
      outputTokens: countIn(fieldOf(usage, 'completion_tokens')),
      thinkingTokens: countIn(fieldOf(fieldOf(usage, 'completion_tokens_details'), 'reasoning_tokens')),
    },
    model: textIn(fieldOf(completion, 'model')) ?? '',
    responseId: requestId ?? textIn(fieldOf(completion, 'id')),
    ...(quota === null ? {} : { quota }),
  };
}
