import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';

/** Font files under free licences (OFL, MIT), each registered under a name of its own. */
const FILES = {
  'gothic-regular': ['@expo-google-fonts/nanum-gothic', '400Regular/NanumGothic_400Regular.ttf'],
  'gothic-bold': ['@expo-google-fonts/nanum-gothic', '700Bold/NanumGothic_700Bold.ttf'],
  'gothic-heavy': ['@expo-google-fonts/nanum-gothic', '800ExtraBold/NanumGothic_800ExtraBold.ttf'],
  'plex-light': ['@expo-google-fonts/ibm-plex-sans-kr', 'IBMPlexSansKR_300Light.ttf'],
  'plex-regular': ['@expo-google-fonts/ibm-plex-sans-kr', 'IBMPlexSansKR_400Regular.ttf'],
  'plex-medium': ['@expo-google-fonts/ibm-plex-sans-kr', 'IBMPlexSansKR_500Medium.ttf'],
  'plex-bold': ['@expo-google-fonts/ibm-plex-sans-kr', 'IBMPlexSansKR_700Bold.ttf'],
  'gowun-regular': ['@expo-google-fonts/gowun-dodum', '400Regular/GowunDodum_400Regular.ttf'],
  'dohyeon-regular': ['@expo-google-fonts/do-hyeon', '400Regular/DoHyeon_400Regular.ttf'],
} as const;

export type FontName = keyof typeof FILES;

const registered = new Set<FontName>();

/** The CSS font of a name at a size in pixels; its file is loaded when it is first asked for. */
export function fontAt(name: FontName, size: number): string {
  if (!registered.has(name)) {
    const [packageName, file] = FILES[name];
    const folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
    if (!GlobalFonts.registerFromPath(join(folder, file), `arae ${name}`)) {
      throw new Error(`${join(folder, file)}: cannot be read as a font; run npm ci`);
    }
    registered.add(name);
  }
  return `${size}px "arae ${name}"`;
}
