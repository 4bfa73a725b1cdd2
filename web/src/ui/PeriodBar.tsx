/** The looked-at day and the comparison, as two pills; before them the store, and how many are left out. */
import { Button, DatePicker, Popover } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useWords } from "@/i18n";
import { LeftOut } from "./LeftOut";
import styles from "./PeriodBar.module.css";
import { daysBefore, daysBetween, usePeriod } from "./period";
import { StorePick } from "./StorePick";

const SPANS = [7, 30, 90, 365];

export function PeriodBar() {
  const { t } = useWords();
  const { asked, as_of, compare, change } = usePeriod();
  if (!as_of) return null;
  const pick = (day: string | null) => {
    const kept = asked.compare && day && daysBetween(asked.compare, day) > 0 ? asked.compare : undefined;
    change({ as_of: day ?? undefined, compare: kept });
  };
  return (
    <>
      <LeftOut />
      <StorePick />
      <DatePicker
        className={styles.pill}
        value={dayjs(as_of)}
        allowClear={asked.as_of !== undefined}
        inputReadOnly
        format="YYYY-MM-DD"
        aria-label={t("shell.period.asOf")}
        onChange={(day) => pick(day ? day.format("YYYY-MM-DD") : null)}
      />
      {compare && <Compare as_of={as_of} compare={compare} change={(day) => change({ ...asked, compare: day })} />}
    </>
  );
}

function Compare({ as_of, compare, change }: { as_of: string; compare: string; change: (day: string) => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const span = daysBetween(compare, as_of);
  const take = (day: string) => {
    change(day);
    setOpen(false);
  };
  const choices = (
    <div className={styles.choices}>
      {SPANS.map((days) => (
        <Button key={days} type={days === span ? "primary" : "text"} onClick={() => take(daysBefore(as_of, days))}>
          {t("shell.period.earlier", { count: days })}
        </Button>
      ))}
      <DatePicker
        value={dayjs(compare)}
        allowClear={false}
        inputReadOnly
        format="YYYY-MM-DD"
        aria-label={t("shell.period.compare")}
        maxDate={dayjs(as_of).subtract(1, "day")}
        onChange={(day) => day && take(day.format("YYYY-MM-DD"))}
      />
    </div>
  );
  return (
    <Popover content={choices} trigger="click" open={open} onOpenChange={setOpen} placement="bottomRight" arrow={false}>
      <Button className={styles.pill} title={compare} aria-haspopup="dialog" aria-expanded={open}>
        {SPANS.includes(span) ? t("shell.period.vs", { count: span }) : t("shell.period.vsDay", { day: compare })}
      </Button>
    </Popover>
  );
}
