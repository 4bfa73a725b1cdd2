/** The layers of a layering that is being made, each with its customers. */
import { LayerTag } from "@/charts/LayerTag";
import { paints } from "@/charts/palette";
import { useWords } from "@/i18n";
import { Few } from "@/ui/Few";
import { useLook } from "@/ui/look";
import { Notes } from "@/ui/Notes";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Builder.module.css";
import type { Previewed } from "./usePreview";

export function PreviewPanel({ tried }: { tried: Previewed }) {
  const { t } = useWords();
  const { look } = useLook();
  const { number, share } = useFormat();
  const { preview, error, asking } = tried;
  const painted = paints(preview?.layers.map((one) => one.layer) ?? [], look);
  const widest = Math.max(1, ...(preview?.layers.map((one) => one.customers) ?? []));
  return (
    <Panel
      className={styles.preview}
      title={t("layerings.build.preview")}
      note={preview && t("layerings.build.asOf", { day: preview.as_of })}
      label={t("layerings.build.preview")}
    >
      {error !== null && <Wrong error={error} compact />}
      {!preview && error === null && <Waiting lines={5} label={t("layerings.impact.asking")} />}
      {preview && error === null && (
        <ol className={styles.layers} data-testid="preview" data-asking={asking} aria-live="polite" aria-busy={asking}>
          {preview.layers.map(({ layer, customers }) => (
            <li key={layer.key}>
              <span className={styles.layerName}>
                <LayerTag layer={layer} paint={painted[layer.key]} />
              </span>
              <span className={styles.bar} aria-hidden>
                <span style={{ width: `${(customers / widest) * 100}%`, background: painted[layer.key]?.fill }} />
              </span>
              <span className="num">
                <b>{number(customers)}</b> <span className="muted small">{share(preview.customers ? customers / preview.customers : null)}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
      {preview && error === null && (
        <>
          <Few customers={preview.customers} />
          <Notes notes={preview.notes} />
        </>
      )}
    </Panel>
  );
}
