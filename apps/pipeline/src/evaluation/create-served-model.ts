import { serviceCallSettings } from '@arae/floorplan';
import { createOpenAiTeacher } from '@arae/labelers';
import type { Teacher } from '@arae/labelers';

export interface ServedModelOptions {
  model: string;
  structured: boolean;
  baseURL: string;
  /** What stands for the server in the journal; default: the base URL. */
  endpoint?: string | undefined;
  /** Undefined: the server wants none. */
  apiKey: string | undefined;
  timeoutMs: number;
  /** Hash of what the model was trained by: a model that was trained again answers anew under the same name. */
  training: string | null;
}

/** A model behind an OpenAI-compatible server, asked as the service asks it. */
export function createServedModel({ training, ...options }: ServedModelOptions): Teacher {
  const { temperature, max_tokens, response_format, ...extraBody } = serviceCallSettings(options);
  const { model, baseURL, endpoint, timeoutMs } = options;
  const teacher = createOpenAiTeacher({
    // Errors speak of the server.
    name: baseURL,
    // The client wants some key to be made.
    apiKey: options.apiKey ?? 'none',
    model,
    baseURL,
    endpoint,
    temperature,
    maxOutputTokens: max_tokens,
    outputLimitName: 'max_tokens',
    responseFormat: response_format === undefined ? 'none' : 'json_schema',
    extraBody,
    reasoningEffort: null,
    isPaid: false,
    timeoutMs,
  });
  return training === null ? teacher : { ...teacher, identity: { ...teacher.identity, training } };
}
