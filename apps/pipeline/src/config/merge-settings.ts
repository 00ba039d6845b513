/** Settings as they are written: any part of the configuration. */
export type Settings = Record<string, unknown>;

/** Lays settings over others, key by key; lists and plain values are replaced as a whole. */
export function mergeSettings(base: Settings, over: Settings): Settings {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = merged[key];
    merged[key] = isSettings(below) && isSettings(value) ? mergeSettings(below, value) : value;
  }
  return merged;
}

function isSettings(value: unknown): value is Settings {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
