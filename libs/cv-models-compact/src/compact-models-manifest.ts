import { fileURLToPath } from 'node:url';

/** Absolute path of `models.json`; the five ONNX files lie beside it. */
export const compactModelsManifest: string = fileURLToPath(new URL('../models/models.json', import.meta.url));
