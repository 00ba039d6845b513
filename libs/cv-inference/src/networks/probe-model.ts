/** An ONNX file of one ReLU on one number: the smallest thing that shows whether an execution provider works. */
export const PROBE_MODEL = Uint8Array.from(
  Buffer.from(
    'CAgSEWFyYWUta25vd24tYW5zd2VyOjcKDAoBeBIBeSIEUmVsdRIFcHJvYmVaDwoBeBIKCggIARIECgIIAWIPCgF5EgoKCAgBEgQKAggBQgQKABAN',
    'base64',
  ),
);
