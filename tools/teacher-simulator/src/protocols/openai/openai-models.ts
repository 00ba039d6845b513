interface OpenAiModel {
  id: string;
  /** Seconds since 1970. */
  created: number;
  /** YYYY-MM-DD */
  shutdown_date: string | null;
}

export const OPENAI_MODELS: readonly OpenAiModel[] = [
  { id: 'gpt-4o', created: 1_715_367_049, shutdown_date: '2027-01-14' },
  { id: 'gpt-4o-mini', created: 1_721_172_741, shutdown_date: '2027-01-14' },
  { id: 'gpt-4.1', created: 1_744_316_542, shutdown_date: '2027-01-14' },
  { id: 'gpt-4.1-mini', created: 1_744_318_173, shutdown_date: '2027-01-14' },
  { id: 'gpt-5', created: 1_754_425_777, shutdown_date: '2026-12-11' },
  { id: 'gpt-5-mini', created: 1_754_425_928, shutdown_date: '2026-12-11' },
  { id: 'gpt-5.6-luna', created: 1_783_000_000, shutdown_date: null },
  { id: 'gpt-6-luna', created: 1_790_000_000, shutdown_date: null },
  { id: 'gpt-6-sol', created: 1_790_000_001, shutdown_date: null },
  { id: 'gpt-6.1-sol', created: 1_790_700_000, shutdown_date: null },
  { id: 'arae', created: 1_795_000_000, shutdown_date: null },
  { id: 'qwen3-8b', created: 1_795_000_000, shutdown_date: null },
];

/** Models as a server of one's own has them: the tuned student and its base. They take any response format, or none. */
const SERVED_MODELS = ['arae', 'qwen3-8b'];

/** The model of that id, or of which the id names a dated snapshot (`gpt-4o-2024-11-20`). */
export function findOpenAiModel(id: string): OpenAiModel | null {
  const base = id.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const model = OPENAI_MODELS.find((known) => known.id === base);
  return model === undefined ? null : { ...model, id };
}

/** Models that think, and refuse some parameters. */
export function isReasoningModel(id: string): boolean {
  return /^gpt-[56]/.test(id);
}

/** Whether the model stands for one that is served locally, not by OpenAI. */
export function isServedModel(id: string): boolean {
  return SERVED_MODELS.includes(id);
}
