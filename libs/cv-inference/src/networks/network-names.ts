/** The networks of a set of models. */
export const NETWORK_NAMES = ['objects', 'textDetection', 'textRecognition', 'structures', 'spaces'] as const;

export type NetworkName = (typeof NETWORK_NAMES)[number];
