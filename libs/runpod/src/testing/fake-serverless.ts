import { FAKE_KEY, type Fault } from './fake-runpod.ts';

export interface FakeJob {
  readonly id: string;
  readonly input: Record<string, unknown>;
  readonly submittedMs: number;
  /** Set when a worker took it. */
  startedMs?: number;
  endedMs?: number;
  status: 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'TIMED_OUT' | 'CANCELLED';
  output?: unknown;
  error?: string;
  /** Deleted from the queue: `/status` knows nothing of it. */
  isGone?: boolean;
}

/** What the worker makes of an input; `fail`: FAILED with these words; `never`: it works for ever. */
export type WorkerResult = { readonly output: unknown } | { readonly fail: string } | 'never' | 'times-out';

export interface FakeServerlessOptions {
  readonly endpointId?: string;
  readonly work: (input: Record<string, unknown>, job: FakeJob) => WorkerResult;
  /** Workers that take jobs at the same time; changed by a test that holds jobs back. Default 4. */
  workers?: number;
  /** Time of a job on a worker, in ms. Default 800. */
  readonly executionMs?: number;
  /** Time that one request takes, in ms. */
  readonly latencyMs?: number;
  /** Time that a result is kept. Default 30 minutes. */
  readonly keepMs?: number;
  readonly maxBytes?: number;
}

/** The queue of a serverless endpoint, on a clock of its own or on that of the caller. */
export class FakeServerless {
  readonly jobs: FakeJob[] = [];
  readonly calls: string[] = [];
  readonly waits: number[] = [];
  /** Used up one by one, each by the next request whose `METHOD /path` starts with `on`. */
  readonly faults: { on: string; fault: Fault }[] = [];
  readonly options: FakeServerlessOptions;
  timeMs = Date.UTC(2026, 0, 1);

  constructor(options: FakeServerlessOptions) {
    this.options = options;
  }

  get endpointId(): string {
    return this.options.endpointId ?? 'ep1';
  }

  /** Milliseconds on workers, which are paid for. */
  get billedMs(): number {
    return this.jobs.reduce((sum, job) => sum + executionOf(job, this.timeMs), 0);
  }

  readonly now = () => this.timeMs;

  readonly sleep = async (ms: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    this.waits.push(ms);
    this.timeMs += ms;
    // Others take their turn, as they would in a real wait.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  };

  readonly fetch = ((url: string, init: RequestInit) => {
    this.timeMs += this.options.latencyMs ?? 0;
    this.#work();
    const call = `${init.method} ${new URL(url).pathname.replace(`/v2/${this.endpointId}`, '')}`;
    this.calls.push(call);
    const at = this.faults.findIndex(({ on }) => call.startsWith(on));
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0]!.fault;
    if (fault === 'lost-before') return Promise.reject(broken());
    if (typeof fault === 'object') {
      return Promise.resolve(problem(fault.status, fault.detail, fault.headers));
    }
    if (new Headers(init.headers).get('authorization') !== `Bearer ${FAKE_KEY}`) {
      return Promise.resolve(problem(401, 'unauthorized'));
    }
    const response = this.#answer(call, init.body as string | undefined);
    return fault === 'lost-after' ? Promise.reject(broken()) : Promise.resolve(response);
  }) as typeof fetch;

  #answer(call: string, body: string | undefined): Response {
    if (call === 'GET /health') return Response.json({ workers: { ready: this.#workers } });
    if (call === 'POST /run') return this.#run(body ?? '');
    const [, kind, id] = /^(?:GET|POST) \/(status|cancel)\/([^/]+)$/.exec(call) ?? [];
    const job = this.jobs.find((one) => one.id === id && one.isGone !== true);
    if (job === undefined) return problem(404, 'job not found');
    if (kind === 'cancel' && job.endedMs === undefined) {
      job.status = 'CANCELLED';
      job.endedMs = this.timeMs;
    }
    const { status, output, error, startedMs, submittedMs } = job;
    return Response.json({
      id,
      status,
      ...(startedMs === undefined ? {} : { delayTime: startedMs - submittedMs }),
      ...(job.endedMs === undefined ? {} : { executionTime: executionOf(job, this.timeMs) }),
      ...(output === undefined ? {} : { output }),
      ...(error === undefined ? {} : { error }),
    });
  }

  #run(body: string): Response {
    if (body.length > (this.options.maxBytes ?? 10_000_000)) return problem(400, 'payload too large');
    const { input } = JSON.parse(body) as { input?: Record<string, unknown> };
    if (input === undefined) return problem(400, 'input is missing');
    const id = `job-${this.jobs.length + 1}`;
    const job: FakeJob = { id, input, submittedMs: this.timeMs, status: 'IN_QUEUE' };
    this.jobs.push(job);
    return Response.json({ id, status: 'IN_QUEUE' });
  }

  get #workers(): number {
    return this.options.workers ?? 4;
  }

  /** Ends what has worked long enough, lets workers take from the queue, forgets old results. */
  #work(): void {
    const { executionMs = 800, keepMs = 1_800_000, work } = this.options;
    for (const job of this.jobs) {
      if (job.status !== 'IN_PROGRESS' || this.timeMs - job.startedMs! < executionMs) continue;
      const result = work(job.input, job);
      if (result === 'never') continue;
      job.endedMs = job.startedMs! + executionMs;
      if (result === 'times-out') job.status = 'TIMED_OUT';
      else if ('fail' in result) {
        job.status = 'FAILED';
        job.error = result.fail;
      } else {
        job.status = 'COMPLETED';
        job.output = result.output;
      }
    }
    for (const job of this.jobs) {
      if (job.endedMs !== undefined && this.timeMs - job.endedMs > keepMs) job.isGone = true;
    }
    let busy = this.jobs.filter(({ status }) => status === 'IN_PROGRESS').length;
    for (const job of this.jobs) {
      if (busy >= this.#workers) return;
      if (job.status !== 'IN_QUEUE') continue;
      job.status = 'IN_PROGRESS';
      job.startedMs = this.timeMs;
      busy++;
    }
  }
}

function executionOf({ startedMs, endedMs }: FakeJob, now: number): number {
  return startedMs === undefined ? 0 : (endedMs ?? now) - startedMs;
}

const broken = () => Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });

function problem(status: number, error = '', headers: Record<string, string> = {}): Response {
  return Response.json({ error }, { status, headers });
}
