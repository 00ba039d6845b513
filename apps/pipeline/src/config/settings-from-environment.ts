import type { Settings } from './merge-settings.ts';

const PREFIX = 'ARAE_PIPELINE_';
/** Not a setting but where the settings are. */
const CONFIG_FILE = 'ARAE_PIPELINE_CONFIG';

/**
 * Reads settings from variables such as `ARAE_PIPELINE_DATA` and `ARAE_PIPELINE_SAMPLING__SAMPLE_SIZE` (`sampling.sampleSize`):
 * two underlines go one level down. A value that is JSON is taken as such, else as text.
 */
export function settingsFromEnvironment(env: Readonly<Record<string, string | undefined>>): Settings {
  const settings: Settings = {};
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || name === CONFIG_FILE || text === undefined || text === '') continue;
    const path = name
      .slice(PREFIX.length)
      .split('__')
      .map((part) =>
        part.toLowerCase().replaceAll(/_(.)/g, (_match, letter: string) => letter.toUpperCase()),
      );
    let place = settings;
    for (const part of path.slice(0, -1)) place = (place[part] ??= {}) as Settings;
    place[path.at(-1) as string] = parseValue(text);
  }
  return settings;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
