/** The name without its last extension: `APT_FP_OBJ_001046197.PNG` → `APT_FP_OBJ_001046197`. */
export function drawingStem(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
