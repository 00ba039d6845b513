export * from './drawing/draw-plan.ts';
export * from './generate-plan.ts';
export * from './output/contact-sheet.ts';
export * from './output/write-plans.ts';
export type * from './plan-types.ts';
