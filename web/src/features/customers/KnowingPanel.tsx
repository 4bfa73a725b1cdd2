/** The four things to know of a customer: what the team says, what the data say, what is still unknown. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { knowingQuery } from "@/api/knowing";
import type { SayingInfo, ThingKnown } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { usePeriod } from "@/ui/period";
import { Waiting, Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import styles from "./Knowing.module.css";
import { SayingForm } from "./SayingForm";

export function KnowingPanel({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const { number } = useFormat();
  const { asked } = usePeriod();
  const { data, error, refetch } = useQuery(knowingQuery(customerId, asked.as_of));
  const left = data?.unknown.length ?? 0;
  const note = data && (left ? t("customers.knowing.left", { count: left, n: number(left) }) : t("customers.knowing.whole"));
  return (
    <Panel title={t("customers.knowing.title")} note={note} label={t("customers.knowing.title")}>
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={4} />}
      {data && (
        <ul className={styles.things}>
          {data.things.map((thing) => (
            <Thing key={thing.key} customerId={customerId} thing={thing} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Thing({ customerId, thing }: { customerId: string; thing: ThingKnown }) {
  const { t } = useWords();
  const { say, title } = useFormat();
  const [open, setOpen] = useState(false);
  const label = t(thing.said ? "customers.knowing.change" : "customers.knowing.fill");
  return (
    <li className={styles.thing} data-known={thing.known}>
      <div className={styles.head}>
        <h3>{title(thing.name)}</h3>
        {!thing.known && <span className={styles.unknown}>{t("customers.knowing.unknown")}</span>}
        {!open && (
          <Button size="small" type="link" className={styles.edit} aria-label={`${label} ${say(thing.name)}`} onClick={() => setOpen(true)}>
            {label}
          </Button>
        )}
      </div>
      {thing.said && !open && <Said saying={thing.said} />}
      {open && <SayingForm customerId={customerId} thing={thing} onDone={() => setOpen(false)} />}
      <Told mark={t("customers.knowing.byData")} lines={thing.data.map(title)} />
      {!thing.known && <Told mark={t("customers.knowing.hint")} lines={thing.hints.map(title)} />}
      <History thing={thing} />
    </li>
  );
}

function Said({ saying }: { saying: SayingInfo }) {
  const { t } = useWords();
  const { title, instant } = useFormat();
  return (
    <p className={styles.said}>
      {saying.choice && <span className={styles.choice}>{title(saying.choice.name)}</span>}
      {saying.text && <span>{saying.text}</span>}
      <span className="muted small">{t("customers.knowing.by", { who: saying.by, at: instant(saying.at) })}</span>
    </p>
  );
}

function Told({ mark, lines }: { mark: string; lines: string[] }) {
  if (!lines.length) return null;
  return (
    <ul className={styles.told} aria-label={mark}>
      {lines.map((line) => (
        <li key={line}>
          <span className="muted small">{mark}</span> {line}
        </li>
      ))}
    </ul>
  );
}

/** What was said before, and what was taken back: nothing that anybody said is lost. */
function History({ thing }: { thing: ThingKnown }) {
  const { t } = useWords();
  const { say, instant } = useFormat();
  const before = thing.history.filter((one) => one.id !== thing.said?.id);
  if (!before.length) return null;
  return (
    <details className="small">
      <summary className="muted">{t("customers.knowing.history")}</summary>
      <ol className={styles.history}>
        {before.map((one) => (
          <li key={one.id}>
            <span data-back={one.taken_back_at !== null}>{[one.choice && say(one.choice.name), one.text].filter(Boolean).join(" · ") || t("customers.knowing.cleared")}</span>{" "}
            <span className="muted">
              {t("customers.knowing.by", { who: one.by, at: instant(one.at) })}
              {one.taken_back_at !== null && ` · ${t("customers.knowing.takenBack")}`}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
