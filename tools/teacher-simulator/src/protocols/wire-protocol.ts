export type Provider = 'openai' | 'gemini';

/** One message of a conversation, in the words of neither provider. */
export interface Turn {
  role: 'system' | 'user' | 'assistant';
  text: string;
}

/** A request for a label. */
export interface GenerationRequest {
  model: string;
  turns: Turn[];
  /** Text besides the turns that counts as prompt: the schema. */
  schemaText: string;
  /** Most tokens the answer may have, thinking included; null: no bound. */
  maxOutputTokens: number | null;
  /** About how many tokens the model thinks before it answers. */
  thinkingTokens: number;
}

/** What the model made of it. */
export interface Generation {
  /** Distinguishes the ids of answers. */
  id: string;
  text: string;
  /** What was refused: the prompt unread, or the answer; null: nothing. The text is then empty. */
  refused: 'prompt' | 'answer' | null;
  finish: 'stop' | 'length';
  promptTokens: number;
  /** Without thinking. */
  answerTokens: number;
  thinkingTokens: number;
  /** Milliseconds since 1970. */
  createdAt: number;
}

export interface RateLimitHit {
  what: 'requests' | 'tokens';
  /** Per minute. */
  limit: number;
  requested: number;
  /** Infinity: more than is ever allowed at once. */
  retryAfterMs: number;
}

export interface RateLimitState {
  requests: { limit: number; remaining: number; resetMs: number };
  tokens: { limit: number; remaining: number; resetMs: number };
}

/** Why a request is not answered. */
export type Problem =
  | { kind: 'missing-key' }
  | { kind: 'wrong-key' }
  | { kind: 'no-quota' }
  | { kind: 'unknown-model'; model: string }
  | { kind: 'unknown-path'; path: string }
  | { kind: 'body-too-large' }
  | { kind: 'invalid'; message: string; code?: string; param?: string }
  /** `retryAfterMs` null: the answer does not say how long to wait. */
  | { kind: 'rate-limit'; retryAfterMs: number | null; hit: RateLimitHit | null }
  | { kind: 'server-error' };

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  /** JSON. */
  body: string;
}

/** What a path asks for. */
export type Route =
  | { kind: 'generate'; /** Null: the body names it. */ model: string | null }
  | { kind: 'models' }
  | { kind: 'model'; model: string };

/** How one provider speaks. */
export interface WireProtocol {
  provider: Provider;
  /** What a model says that declines; empty where it says nothing. */
  refusalText: string;
  /** Null: a path this provider does not have. */
  route(method: string, path: string): Route | null;
  /** Null: none was sent. */
  keyIn(headers: Headers, url: URL): string | null;
  /** What a request for a label says, or what is wrong with it. */
  read(body: unknown, route: Route): GenerationRequest | Problem;
  answer(request: GenerationRequest, generation: Generation, limits: RateLimitState): WireReply;
  models(): WireReply;
  model(id: string): WireReply | Problem;
  problem(problem: Problem, limits: RateLimitState | null): WireReply;
}

export function isProblem<T extends object>(value: T | Problem): value is Problem {
  return 'kind' in value;
}
