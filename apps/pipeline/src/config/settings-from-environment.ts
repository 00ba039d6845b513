import { nestsDeeper } from '@arae/progress';
import { isSettings, setOwn } from './merge-settings.ts';
import type { Settings } from './merge-settings.ts';

/** No setting goes deeper. */
const MAX_NESTING = 100;
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
    for (const part of path.slice(0, -1)) {
      // Own properties alone: `constructor` and its like lead to the prototypes of everything.
      const below = Object.hasOwn(place, part) ? place[part] : undefined;
      place = isSettings(below) ? below : setOwn(place, part, {});
    }
    setOwn(place, path.at(-1) as string, parseValue(text));
  }
  return settings;
}

function parseValue(text: string): unknown {
  try {
    return nestsDeeper(text, MAX_NESTING) ? text : JSON.parse(text);
  } catch {
    return text;
  }
}
