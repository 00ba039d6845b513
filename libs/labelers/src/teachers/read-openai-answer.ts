import type { ChatCompletion } from 'openai/resources/chat/completions';
import { quotaOf } from '../admission/quota.ts';
import { TransientTeacherError } from '../errors/teacher-errors.ts';
import type { TeacherAnswer } from './teacher.ts';

/** Characters of an unreadable response that are kept. */
const MAX_RAW_TEXT = 200_000;

/** Compatible servers leave things out. */
interface Body extends Partial<Omit<ChatCompletion, 'choices'>> {
  choices?: Partial<ChatCompletion.Choice>[];
}

/** Reads the body itself: the SDK's parsing helpers throw on a cut or filtered answer and lose its usage, which is billed. */
export function readOpenAiAnswer(body: string, headers: Headers): TeacherAnswer {
  const requestId = headers.get('x-request-id');
  let completion: Body;
  try {
    completion = JSON.parse(body) as Body;
  } catch {
    throw new TransientTeacherError('the response is no JSON', {
      requestId: requestId ?? undefined,
      rawText: body.slice(0, MAX_RAW_TEXT),
    });
  }
  const choice = completion.choices?.[0];
  const usage = completion.usage;
  const quota = quotaOf(headers);
  return {
    text: choice?.message?.content ?? '',
    refusal: choice?.finish_reason === 'content_filter' ? 'content filter' : choice?.message?.refusal || null,
    finishReason: choice?.finish_reason ?? 'none',
    isCut: choice?.finish_reason === 'length',
    usage: {
      inputTokens: usage?.prompt_tokens ?? 0,
      cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      outputTokens: usage?.completion_tokens ?? 0,
      thinkingTokens: usage?.completion_tokens_details?.reasoning_tokens ?? 0,
    },
    model: completion.model ?? '',
    responseId: requestId ?? completion.id ?? null,
    ...(quota === null ? {} : { quota }),
  };
}
