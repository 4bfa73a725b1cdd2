/** How long customers stay in each layer: a curve a layer, and the medians as a table. */
import { useRef } from "react";
import type { LayeringHistory } from "@/api/types";
import { ChartFrame } from "@/charts/ChartFrame";
import { drawnPicture } from "@/charts/EChart";
import { LayerTag } from "@/charts/LayerTag";
import { paints } from "@/charts/palette";
import StayCurves from "@/charts/StayCurves";
import { curves, daysOf, shareAfter, type Curve } from "@/charts/stayParts";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Few } from "@/ui/Few";
import { useLook } from "@/ui/look";
import { useFormat } from "@/ui/useFormat";

export function StaysPart({ history, name }: { history: LayeringHistory; name: string }) {
  const { t } = useWords();
  const { tokens } = useLook();
  const { title, share } = useFormat();
  const drawing = useRef(null);
  const drawn = curves(history);
  if (!drawn.length) return null;
  const table = {
    columns: [t("layerings.stays.day"), ...drawn.map(({ layer }) => title(layer.name))],
    rows: daysOf(drawn).map((day) => [day, ...drawn.map(({ stay }) => share(shareAfter(stay, day)))]),
  };
  return (
    <ChartFrame
      title={t("layerings.stays.title")}
      note={t("layerings.stays.note")}
      name={name}
      level={3}
      table={table}
      picture={() => drawnPicture(drawing, tokens.panel)}
    >
      <StayCurves history={history} drawingRef={drawing} />
      <Medians drawn={drawn} history={history} />
      <p className="muted small">{t("layerings.stays.how", { start: history.start })}</p>
    </ChartFrame>
  );
}

function Medians({ drawn, history }: { drawn: Curve[]; history: LayeringHistory }) {
  const { t } = useWords();
  const { look } = useLook();
  const { number, amount } = useFormat();
  const painted = paints(history.layers, look);
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t("layerings.stays.table")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("charts.layer")}</th>
            <th scope="col" className="right">{t("layerings.stays.median")}</th>
            <th scope="col" className="right">{t("layerings.stays.came")}</th>
            <th scope="col" className="right">{t("layerings.stays.still")}</th>
            <th scope="col" className="right">{t("layerings.stays.already")}</th>
          </tr>
        </thead>
        <tbody>
          {drawn.map(({ layer, stay }) => (
            <tr key={layer.key}>
              <td>
                <LayerTag layer={layer} paint={painted[layer.key]} /> <Few customers={stay.came} />
              </td>
              <td className="right">
                <b {...explain(t("layerings.stays.band", { low: amount("days", stay.median_low), high: amount("days", stay.median_high) }))}>
                  {stay.median_days === null ? t("layerings.stays.longer", { count: stay.days.at(-1) ?? 0 }) : amount("days", stay.median_days)}
                </b>
              </td>
              <td className="right">{number(stay.came)}</td>
              <td className="right">{number(stay.still)}</td>
              <td className="right">{number(stay.already)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
