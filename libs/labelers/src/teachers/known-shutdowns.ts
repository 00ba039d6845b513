/** Days on which providers shut models down, as they had announced on 2026-11-23; the API's own answer wins where it gives one. */
const KNOWN_SHUTDOWNS: Readonly<Record<string, string>> = {
  'gpt-4o': '2027-01-14',
  'gpt-4o-mini': '2027-01-14',
  'gpt-4.1': '2027-01-14',
  'gpt-4.1-mini': '2027-01-14',
  'gpt-5': '2026-12-11',
  'gpt-5-mini': '2026-12-11',
  'gpt-5-nano': '2026-12-11',
  'gpt-5.1': '2027-04-01',
  'gpt-5.4-nano': '2027-04-01',
  'gemini-2.5-pro': '2026-12-01',
  'gemini-2.5-flash': '2026-12-01',
};

/** The announced last day of a model or of a dated snapshot of it; null when none is known. */
export function knownShutdownOf(model: string): string | null {
  const family = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return Object.hasOwn(KNOWN_SHUTDOWNS, family) ? (KNOWN_SHUTDOWNS[family] ?? null) : null;
}
