/** The terraces, small: for lists. */
import type { LayerInfo } from "@/api/types";
import { useLook } from "@/ui/look";
import { paints } from "./palette";

interface Props {
  layers: LayerInfo[];
  customers: number[] | null;
  width?: number;
}

const STEP = 9;

export function MiniTerraces({ layers, customers, width = 120 }: Props) {
  const { look, tokens } = useLook();
  const painted = paints(layers, look);
  const widest = Math.max(1, ...(customers ?? []));
  const shown = layers
    .map((layer, at) => ({ layer, count: customers?.[at] ?? null }))
    .filter(({ layer, count }) => layer.rank !== null || (count ?? 0) > 0);
  return (
    <svg width={width} height={shown.length * STEP} aria-hidden>
      {shown.map(({ layer, count }, at) => {
        const wide = count === null ? ((at + 2) / (shown.length + 2)) * width : Math.max(3, (count / widest) * width);
        const fill = count === null ? tokens.track : painted[layer.key]?.fill;
        return <rect key={layer.key} x={(width - wide) / 2} y={at * STEP} width={wide} height={STEP - 2} rx={2.5} fill={fill} />;
      })}
    </svg>
  );
}
