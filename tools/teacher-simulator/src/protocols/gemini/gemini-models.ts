export type ThinkingLevel = 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH';

interface GeminiModel {
  id: string;
  displayName: string;
  /** Levels of thinking; empty: the model takes a budget of tokens instead. */
  levels: readonly ThinkingLevel[];
  defaultLevel: ThinkingLevel;
}

export const GEMINI_MODELS: readonly GeminiModel[] = [
  {
    id: 'gemini-3.1-pro-preview',
    displayName: 'Gemini 3.1 Pro Preview',
    levels: ['LOW', 'MEDIUM', 'HIGH'],
    defaultLevel: 'HIGH',
  },
  {
    id: 'gemini-3.5-flash-lite',
    displayName: 'Gemini 3.5 Flash-Lite',
    levels: ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'],
    defaultLevel: 'MINIMAL',
  },
  {
    id: 'gemini-3.8-flash',
    displayName: 'Gemini 3.8 Flash',
    levels: ['LOW', 'MEDIUM', 'HIGH'],
    defaultLevel: 'MEDIUM',
  },
  {
    id: 'gemini-4-argon',
    displayName: 'Gemini 4 Argon',
    levels: ['LOW', 'MEDIUM', 'HIGH'],
    defaultLevel: 'MEDIUM',
  },
  { id: 'gemini-2.5-pro', displayName: 'Gemini 2.5 Pro', levels: [], defaultLevel: 'MEDIUM' },
];

export function findGeminiModel(id: string): GeminiModel | null {
  return GEMINI_MODELS.find((model) => model.id === id) ?? null;
}
