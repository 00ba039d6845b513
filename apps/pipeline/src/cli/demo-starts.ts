/** Where the demo's graphs come from: its drawings through the networks, or the generator, which knows them. */
export const DEMO_STARTS = ['drawings', 'graphs'] as const;
export type DemoStart = (typeof DEMO_STARTS)[number];
