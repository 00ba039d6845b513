import {
  DEFAULT_RUNPOD_RETRY,
  requestRunpod,
  type RunpodEffects,
  type RunpodRequest,
  type RunpodRetry,
  type StatusCauses,
} from '../request-runpod.ts';
import { retryAfterMs } from '../retry-after-ms.ts';
import { RunpodError } from '../runpod-error.ts';
import { createRequestGate, type RequestGate } from './create-request-gate.ts';
import { jobSchema, type ServerlessJob } from './job-schema.ts';

/** Bytes of a body of `/run`. RunPod says "10 MB"; the smaller reading of that. */
export const MAX_RUN_BYTES = 10_000_000;

/** RunPod's limits for one endpoint: requests in ten seconds, and at the same time. Half of them: others may use it too. */
const LIMITS = {
  run: { perWindow: 500, concurrent: 100 },
  status: { perWindow: 1000, concurrent: 200 },
  cancel: { perWindow: 50, concurrent: 10 },
} as const;
const WINDOW_MS = 10_000;

export interface ServerlessClientOptions extends RunpodEffects {
  readonly apiKey: string;
  readonly endpointId: string;
  /** Default https://api.runpod.ai/v2. */
  readonly baseURL?: string | undefined;
  readonly retry?: RunpodRetry;
}

export interface JobPolicy {
  /** Milliseconds on a worker after which the job is TIMED_OUT; 5 s to 7 days. */
  readonly executionTimeout: number;
  /** Milliseconds from the submission after which the job is deleted, wherever it is; 10 s to 7 days. */
  readonly ttl: number;
}

/** The queue of one endpoint. Every call throws RunpodError, or the signal's reason when aborted. */
export interface ServerlessClient {
  readonly endpointId: string;
  /** Throws where the endpoint is not there or the key is no good; submits nothing. */
  check(signal?: AbortSignal): Promise<void>;
  /**
   * One try; after `unavailable` the job may be in the queue all the same, under an id that nobody knows.
   * Throws `too-large` before anything is sent where the body is over MAX_RUN_BYTES.
   */
  submit(input: object, policy: JobPolicy, signal?: AbortSignal): Promise<ServerlessJob>;
  /** Undefined where there is no such job (any more): results are kept for 30 minutes. */
  status(jobId: string, signal?: AbortSignal): Promise<ServerlessJob | undefined>;
  /** Undefined where there is no such job (any more). A job that has ended stays as it is. */
  cancel(jobId: string, signal?: AbortSignal): Promise<ServerlessJob | undefined>;
}

/** @throws RunpodError `bad-option` for a key or an endpoint id that cannot be sent */
export function createServerlessClient(options: ServerlessClientOptions): ServerlessClient {
  const { apiKey, endpointId, retry = DEFAULT_RUNPOD_RETRY, sleep, now } = options;
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new RunpodError('the RunPod API key is empty or has a space or line break: set it anew', {
      code: 'bad-option',
    });
  }
  if (!/^[\w-]+$/.test(endpointId)) {
    throw new RunpodError(
      `"${endpointId.slice(0, 80)}" is no endpoint id: take the one that RunPod's console shows, letters and digits`,
      { code: 'bad-option' },
    );
  }
  const base = `${(options.baseURL ?? 'https://api.runpod.ai/v2').replace(/\/+$/, '')}/${endpointId}`;
  const gateOf = (kind: keyof typeof LIMITS) =>
    createRequestGate({ ...LIMITS[kind], windowMs: WINDOW_MS, sleep, now });
  const gates = { run: gateOf('run'), status: gateOf('status'), cancel: gateOf('cancel') };

  type Call = Pick<RunpodRequest, 'method' | 'body' | 'repeatable' | 'signal'>;
  const call = (path: string, gate: RequestGate, request: Call) => {
    /** One 429 holds up all requests of its kind, not its own alone. */
    const telling: typeof fetch = async (...args) => {
      const response = await options.fetch(...args);
      if (response.status === 429) {
        gate.closeUntil(now() + (retryAfterMs(response.headers, now()) ?? retry.rateLimitPauseMs));
      }
      return response;
    };
    return gate.pass(
      () =>
        requestRunpod(
          { ...request, url: base + path, apiKey, causes: causesFor(endpointId) },
          { fetch: telling, sleep, now },
          retry,
        ),
      request.signal,
    );
  };

  async function find(
    path: string,
    gate: RequestGate,
    method: 'GET' | 'POST',
    signal?: AbortSignal,
  ): Promise<ServerlessJob | undefined> {
    try {
      return readJob(await call(path, gate, { method, repeatable: true, signal }), path);
    } catch (error) {
      if (error instanceof RunpodError && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  return {
    endpointId,
    async check(signal) {
      await call('/health', gates.status, { method: 'GET', repeatable: true, signal });
    },
    async submit(input, policy, signal) {
      const body = { input, policy };
      const bytes = Buffer.byteLength(JSON.stringify(body));
      if (bytes > MAX_RUN_BYTES) {
        throw new RunpodError(
          `the input of a job has ${bytes} bytes, more than the ${MAX_RUN_BYTES} of the queue: make it smaller`,
          { code: 'too-large' },
        );
      }
      return readJob(
        await call('/run', gates.run, { method: 'POST', body, repeatable: false, signal }),
        '/run',
      );
    },
    status: (jobId, signal) => find(`/status/${encodeURIComponent(jobId)}`, gates.status, 'GET', signal),
    cancel: (jobId, signal) => find(`/cancel/${encodeURIComponent(jobId)}`, gates.cancel, 'POST', signal),
  };
}

const causesFor = (endpointId: string): StatusCauses => ({
  400: ['bad-request', 'the queue did not take the input: look at what the worker expects'],
  403: ['forbidden', 'give the API key the right to use this endpoint'],
  404: ['not-found', `look whether endpoint ${endpointId} is there and belongs to this key`],
  413: ['too-large', 'make the input smaller'],
});

function readJob(answer: unknown, path: string): ServerlessJob {
  const result = jobSchema.safeParse(answer);
  if (result.success) return result.data;
  throw new RunpodError(
    `RunPod's answer to ${path} has another shape at "${result.error.issues[0]?.path.join('.') ?? ''}": look for a newer release of this program`,
    { code: 'bad-answer' },
  );
}
