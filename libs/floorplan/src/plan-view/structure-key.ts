import type { TopologyGraph } from '../schemas/topology-graph.ts';

/** Rounds in which every space takes in what its neighbours are; enough to tell flats apart that differ anywhere. */
const ROUNDS = 4;

/**
 * A key that two graphs share when they have the same structure: the same kinds of spaces with as many doors, windows and
 * objects, connected in the same ways. Ids, positions, sizes, the order of nodes and the drawing do not matter, so the same
 * flat drawn twice has one key. By colour refinement (Weisfeiler and Leman), so in rare cases two graphs that differ share one.
 *
 * @returns 26 hexadecimal digits
 */
export function structureKey({ nodes, edges }: TopologyGraph): string {
  const indexOf = new Map(nodes.map(({ node_id }, index) => [node_id, index]));
  const neighbours: { index: number; kind: string }[][] = nodes.map(() => []);
  for (const { source_node, target_node, connection_type } of edges) {
    const [source, target] = [indexOf.get(source_node), indexOf.get(target_node)];
    if (source === undefined || target === undefined) continue;
    neighbours[source]?.push({ index: target, kind: connection_type });
    neighbours[target]?.push({ index: source, kind: connection_type });
  }
  let colours = nodes.map(({ category_id, label, is_outside, contains: { objects, structures } }) =>
    hash(
      [
        category_id,
        label,
        is_outside,
        structures.doors.length,
        structures.windows.length,
        ...objects.map((object) => object.category_id).toSorted((a, b) => a - b),
      ].join('\0'),
    ),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const before = colours;
    colours = before.map((colour, node) =>
      hash(
        [
          colour,
          ...(neighbours[node] ?? []).map(({ index, kind }) => `${kind}${before[index] ?? ''}`).toSorted(),
        ].join('\0'),
      ),
    );
  }
  const all = colours.toSorted().join('\0');
  return hash(all) + hash(`${nodes.length} ${edges.length}\0${all}`);
}

/** 52 bits: two rounds of 32-bit multiplicative hashing (FNV-1a's way with other primes), put together. */
function hash(text: string): string {
  let a = 0xde_ad_be_ef;
  let b = 0x41_c6_ce_57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x9e_37_79_b1);
    b = Math.imul(b ^ code, 0x5f_35_64_95);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85_eb_ca_6b) ^ Math.imul(b ^ (b >>> 13), 0xc2_b2_ae_35);
  b = Math.imul(b ^ (b >>> 16), 0x85_eb_ca_6b) ^ Math.imul(a ^ (a >>> 13), 0xc2_b2_ae_35);
  const high = (b & 0xf_ff_ff).toString(16).padStart(5, '0');
  return high + (a >>> 0).toString(16).padStart(8, '0');
}
