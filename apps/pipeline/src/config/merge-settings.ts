/** Settings as they are written: any part of the configuration. */
export type Settings = Record<string, unknown>;

/** Lays settings over others, key by key; lists and plain values are replaced as a whole. */
export function mergeSettings(base: Settings, over: Settings): Settings {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = Object.hasOwn(merged, key) ? merged[key] : undefined;
    setOwn(merged, key, isSettings(below) && isSettings(value) ? mergeSettings(below, value) : value);
  }
  return merged;
}

/** Sets a property of its own, whatever the name means to JavaScript. @returns the value */
export function setOwn<T>(target: Settings, key: string, value: T): T {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

export function isSettings(value: unknown): value is Settings {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
