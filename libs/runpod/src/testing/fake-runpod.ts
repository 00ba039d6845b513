export const FAKE_KEY = 'rpa_MARKED_KEY_OF_TESTS';

export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly detail?: string }
  /** The connection breaks; `after` the server has done what was asked, or before. */
  | 'lost-before'
  | 'lost-after';

export interface FakePod {
  id: string;
  name: string;
  gpuId: string;
  createdMs: number;
  deletedMs?: number;
  ended?: 'EXITED' | 'ERROR';
  /** Since when it is stopped and not billed. */
  endedMs?: number;
  /** Environment that its creation asked for. */
  env: Record<string, string>;
}

export interface FakeRunpodOptions {
  /** USD per hour by GPU id; types with nothing free are in `full`. */
  readonly prices?: Record<string, number>;
  readonly full?: ReadonlySet<string>;
  /** Time from creation to RUNNING, in ms. */
  readonly startMs?: number;
  /** Time that one request takes, in ms. */
  readonly latencyMs?: number;
  readonly pageSize?: number;
  /** Where a pod is reached; undefined as long as it is not. Default: at once, at an address where nobody answers. */
  readonly sshOf?: (pod: FakePod) => { host: string; port: number; username: string } | undefined;
  /** Called for pods that are made, stopped, started again, and deleted. */
  readonly onChange?: (pod: FakePod, change: 'created' | 'stopped' | 'started' | 'deleted') => void;
}

const FIELDS = [
  'name',
  'image',
  'gpu',
  'cloud',
  'dataCenterIds',
  'disk',
  'mounts',
  'ports',
  'env',
  'startSsh',
];

/** RunPod's REST interface v2 on a clock of its own: what is asked decides the answer, and living pods are billed. */
export class FakeRunpod {
  readonly pods: FakePod[] = [];
  readonly calls: string[] = [];
  readonly waits: number[] = [];
  /** Used up one by one, each by the next request whose `METHOD /path` starts with `on`. */
  readonly faults: { on: string; fault: Fault }[] = [];
  timeMs = Date.UTC(2026, 0, 1);
  readonly #options: FakeRunpodOptions;

  constructor(options: FakeRunpodOptions = {}) {
    this.#options = options;
  }

  get living(): FakePod[] {
    return this.pods.filter((pod) => pod.deletedMs === undefined);
  }

  /** USD so far. */
  get bill(): number {
    return this.pods.reduce((sum, { gpuId, createdMs, endedMs, deletedMs }) => {
      return (
        sum + (((endedMs ?? deletedMs ?? this.timeMs) - createdMs) / 3_600_000) * (this.#prices[gpuId] ?? 0)
      );
    }, 0);
  }

  readonly now = () => this.timeMs;

  readonly sleep = (ms: number, signal?: AbortSignal) => {
    this.waits.push(ms);
    this.timeMs += ms;
    signal?.throwIfAborted();
    return Promise.resolve();
  };

  readonly fetch = ((url: string, init: RequestInit) => {
    this.timeMs += this.#options.latencyMs ?? 0;
    const { pathname, searchParams } = new URL(url);
    const call = `${init.method} ${pathname.replace(/^\/v2/, '')}`;
    this.calls.push(call);
    const at = this.faults.findIndex(({ on }) => call.startsWith(on));
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0]!.fault;
    if (fault === 'lost-before') return Promise.reject(broken());
    if (typeof fault === 'object') return Promise.resolve(problem(fault.status, fault.detail, fault.headers));
    if (new Headers(init.headers).get('authorization') !== `Bearer ${FAKE_KEY}`) {
      return Promise.resolve(problem(401, 'missing bearer token'));
    }
    const body = init.body === undefined ? undefined : (JSON.parse(init.body as string) as Body);
    const response = this.#answer(call, searchParams, body);
    return fault === 'lost-after' ? Promise.reject(broken()) : Promise.resolve(response);
  }) as typeof fetch;

  get #prices(): Record<string, number> {
    return this.#options.prices ?? { 'NVIDIA A100-SXM4-80GB': 1.79, 'NVIDIA A100 80GB PCIe': 1.79 };
  }

  #answer(call: string, query: URLSearchParams, body: Body | undefined): Response {
    if (call === 'GET /pods') return this.#page(Number(query.get('cursor') ?? 0));
    if (call === 'POST /pods') return this.#create(body ?? {});
    if (call === 'GET /catalog/gpus') {
      const gpus = Object.entries(this.#prices).map(([id, secure]) => ({
        id,
        price: { secure },
        availability: this.#options.full?.has(id) ? 'NONE' : 'HIGH',
      }));
      return Response.json({ gpus });
    }
    const action = /^POST \/pods\/([^/]+)\/action$/.exec(call)?.[1];
    if (action !== undefined) return this.#act(action, body?.action ?? '');
    const [, method, id] = /^(GET|DELETE) \/pods\/([^/]+)$/.exec(call) ?? [];
    const pod = this.living.find((living) => living.id === id);
    if (pod === undefined) return problem(404, 'resource not found');
    if (method === 'GET') return Response.json(this.#shown(pod));
    pod.deletedMs = this.timeMs;
    this.#options.onChange?.(pod, 'deleted');
    return new Response(null, { status: 204 });
  }

  #act(id: string, action: string): Response {
    const pod = this.living.find((living) => living.id === id);
    if (pod === undefined) return problem(404, 'resource not found');
    if (action === 'stop' && pod.ended === undefined) {
      pod.ended = 'EXITED';
      pod.endedMs = this.timeMs;
      this.#options.onChange?.(pod, 'stopped');
    } else if (action === 'start' && pod.ended === 'EXITED') {
      // The time that it stood still is not billed.
      pod.createdMs += this.timeMs - (pod.endedMs ?? this.timeMs);
      delete pod.ended;
      delete pod.endedMs;
      this.#options.onChange?.(pod, 'started');
    } else if (action === 'terminate') {
      pod.deletedMs = this.timeMs;
      this.#options.onChange?.(pod, 'deleted');
    } else return problem(409, `${action} is not possible now`);
    return Response.json(this.#shown(pod));
  }

  #page(from: number): Response {
    const end = from + (this.#options.pageSize ?? 100);
    const hasNextPage = end < this.living.length;
    return Response.json({
      pods: this.living.slice(from, end).map((pod) => this.#shown(pod)),
      pagination: { hasNextPage, nextCursor: hasNextPage ? String(end) : null },
    });
  }

  #create(body: Body): Response {
    const unknown = Object.keys(body).find((field) => !FIELDS.includes(field));
    if (unknown !== undefined) return problem(422, `unknown property ${unknown}`);
    const gpuId = body.gpu?.id ?? '';
    if (this.#prices[gpuId] === undefined || this.#options.full?.has(gpuId)) {
      return problem(400, 'no instances available');
    }
    const pod: FakePod = {
      id: `pod${this.pods.length + 1}`,
      name: body.name ?? '',
      gpuId,
      createdMs: this.timeMs,
      env: body.env ?? {},
    };
    this.pods.push(pod);
    this.#options.onChange?.(pod, 'created');
    return Response.json(this.#shown(pod), { status: 201 });
  }

  #shown(pod: FakePod) {
    const { id, name, gpuId, createdMs, ended } = pod;
    const isUp = ended === undefined && this.timeMs - createdMs >= (this.#options.startMs ?? 0);
    const { sshOf = () => ({ host: '127.0.0.1', port: 2222, username: 'root' }) } = this.#options;
    const address = isUp ? sshOf(pod) : undefined;
    const direct = address === undefined ? null : { ...address, command: 'ssh' };
    const status = ended ?? (isUp ? 'RUNNING' : 'PROVISIONING');
    return { id, name, status, cost: this.#prices[gpuId], gpu: { id: gpuId, count: 1 }, ssh: { direct } };
  }
}

interface Body {
  name?: string;
  action?: string;
  env?: Record<string, string>;
  gpu?: { id: string };
}

const broken = () => Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });

function problem(status: number, detail = '', headers: Record<string, string> = {}): Response {
  return Response.json({ title: 'Refused', status, detail }, { status, headers });
}
