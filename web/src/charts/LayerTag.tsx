/** A layer's name with its colour. */
import type { LayerInfo } from "@/api/types";
import { useFormat } from "@/ui/useFormat";
import styles from "./LayerTag.module.css";
import type { Paint } from "./palette";

export function LayerTag({ layer, paint }: { layer: LayerInfo; paint: Paint | undefined }) {
  const { title } = useFormat();
  return (
    <span className={styles.tag}>
      <span className={styles.dot} style={{ background: paint?.fill }} aria-hidden />
      {title(layer.name)}
    </span>
  );
}
