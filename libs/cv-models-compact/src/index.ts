export * from './compact-models-manifest.ts';
